// @ts-check
/** All that is known of the selected finding. */

import { badge } from "./badge.js";
import { copy } from "./copy.js";
import { element } from "./dom.js";
import { contrastOf, WORDS } from "./findings.js";
import * as format from "./format.js";
import { specimen } from "./specimen.js";
import { chip } from "./swatches.js";

/** @typedef {import("./findings.js").Finding} Finding */

const SPECIMEN = { width: 320, height: 48 }; // CSS pixels
const LARGEST_RATIO = 21; // black on white
const UNDERSTANDING = new Map([["1.4.3", "https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum.html"]]);

/**
 * @param {Finding | null} finding
 * @param {HTMLImageElement} picture
 * @param {number} scale
 */
export function findingDetail(finding, picture, scale) {
  if (finding === null) return element("p", { class: "quiet" }, "Select a finding to see what was measured.");
  const { outcome, number, box, required } = finding;
  return element(
    "div",
    {},
    element("h3", {}, badge(outcome, number), WORDS[outcome].label, criterion(finding)),
    element("div", { class: "specimen-frame" }, specimen(picture, box, { ...SPECIMEN, scale })),
    element(
      "p",
      { class: "measured" },
      element("strong", {}, contrastOf(finding)),
      required === null ? null : element("span", {}, `needs ${format.requiredRatio(required)}`),
    ),
    ratioScale(finding),
    element("p", { class: "message" }, finding.message),
    facts(finding),
  );
}

/** @param {Finding} finding */
function criterion({ criterion, level }) {
  const words = `WCAG ${criterion} ${level}`;
  const address = UNDERSTANDING.get(criterion);
  return element("span", { class: "criterion" }, address ? element("a", { href: address, rel: "noreferrer" }, words) : words);
}

/**
 * Where the ratio lies between 1 and 21, beside what is needed. Logarithmic, as contrast is seen.
 *
 * @param {Finding} finding
 */
function ratioScale({ outcome, ratio, interval, required }) {
  const [low, high] = interval ?? [ratio, ratio];
  if (low === null || high === null) return null;
  const place = (/** @type {number} */ value) => `${(Math.log(value) / Math.log(LARGEST_RATIO)) * 100}%`;
  const measured = element("span", { class: `measure measure-${outcome}` });
  measured.style.insetInlineStart = place(low);
  measured.style.insetInlineEnd = `calc(100% - ${place(high)})`;
  const scale = element("div", { class: "ratio-scale", "aria-hidden": "true" }, measured);
  if (required !== null) {
    const tick = element("span", { class: "tick" });
    tick.style.insetInlineStart = place(required);
    scale.append(tick);
  }
  return scale;
}

/** @param {Finding} finding */
function facts({ foreground, background, size }) {
  return element(
    "dl",
    { class: "facts" },
    ...fact("Text", foreground && colorButton(foreground)),
    ...fact("Background", background && colorButton(background)),
    ...fact("Size", size && `about ${Math.round(size.value)} ${size.unit}`),
  );
}

/**
 * @param {string} term
 * @param {Node | string | null} description
 */
function fact(term, description) {
  return description ? [element("div", {}, element("dt", {}, term), element("dd", {}, description))] : [];
}

/** @param {string} hex */
function colorButton(hex) {
  const label = element("span", {}, hex);
  return element(
    "button",
    { type: "button", class: "color", "aria-label": `Copy ${hex}`, click: () => copy(hex, label) },
    chip(hex),
    label,
  );
}
