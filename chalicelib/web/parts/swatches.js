/** The observed colors, as swatches in order of their area. */

import { copy } from "../lib/clipboard.js";
import { element } from "../lib/dom.js";
import * as format from "../lib/format.js";

/** @typedef {{hex: string, share: number}} Swatch share: of the image's area, 0 to 1 */

const EXTENSION = "io.github.janus";

/**
 * Return the observed colors, largest area first.
 *
 * @param {import("../lib/images.js").Tokens} tokens
 * @returns {Swatch[]}
 */
export function observedColors(tokens) {
  return Object.entries(tokens.color?.observed ?? {})
    .filter(([name]) => !name.startsWith("$"))
    .map(([, token]) => ({ hex: token.$value.hex, share: token.$extensions?.[EXTENSION]?.areaShare ?? 0 }))
    .sort((one, other) => other.share - one.share);
}

/** @param {Swatch[]} colors */
function coverage(colors) {
  const covered = colors.reduce((sum, { share }) => sum + share, 0);
  return `${format.counted(colors.length, "color")}, covering ${format.share(covered)} of the screenshot. The rest is gradients, photographs and edges.`;
}

/** @param {Swatch[]} colors */
export function swatches(colors) {
  if (colors.length === 0) return element("p", { class: "quiet" }, "No color covers enough of the screenshot to be listed.");
  return element(
    "div",
    {},
    element("div", { class: "palette", "aria-hidden": "true" }, ...colors.map(band)),
    element("p", { class: "quiet coverage" }, coverage(colors)),
    element("ul", { class: "swatches", "aria-label": "Colors, by area" }, ...colors.map(swatch)),
  );
}

/** @param {Swatch} color */
function band({ hex, share }) {
  const part = element("span");
  part.style.backgroundColor = hex;
  part.style.flexGrow = String(share);
  return part;
}

/** @param {Swatch} color */
function swatch({ hex, share }) {
  const label = element("span", { class: "swatch-hex" }, hex);
  return element(
    "li",
    {},
    element(
      "button",
      {
        type: "button",
        class: "swatch",
        "aria-label": `Copy ${hex}, ${format.share(share)} of the screenshot`,
        click: () => copy(hex, label),
      },
      chip(hex),
      label,
      element("span", { class: "swatch-share" }, format.share(share)),
    ),
  );
}

/** @param {string} hex */
export function chip(hex) {
  const square = element("span", { class: "chip", "aria-hidden": "true" });
  square.style.backgroundColor = hex;
  return square;
}
