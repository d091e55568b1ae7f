/** A suggested color: both colors as a sample, the resulting ratio and difference, and a button that copies the color. */

import { copy } from "../lib/clipboard.js";
import { element } from "../lib/dom.js";
import * as format from "../lib/format.js";

/** @typedef {import("../lib/report.js").Fix} Fix */
/** @typedef {{text: string, background: string}} Pair */

/**
 * @param {{what: string, from: string, fix: Fix, before: Pair, after: Pair}} change what: name of the color
 */
export function fixRow({ what, from, fix, before, after }) {
  const label = element("span", {}, "Copy");
  return element(
    "li",
    { class: "fix" },
    element("span", { class: "fix-sample", "aria-hidden": "true" }, letters(before), letters(after)),
    element(
      "span",
      { class: "fix-colors" },
      element("span", { class: "fix-what" }, what),
      " ",
      element("code", {}, from),
      element("span", { "aria-hidden": "true" }, " → "),
      element("span", { class: "unseen" }, " to "),
      element("code", { class: "fix-color" }, fix.color),
    ),
    element("span", { class: "fix-effect" }, `${format.ratio(fix.ratio)}, `, difference(fix)),
    element(
      "button",
      { type: "button", class: "button small", "aria-label": `Copy ${fix.color}`, click: () => copy(fix.color, label) },
      label,
    ),
  );
}

/** @param {Fix} fix */
function difference({ difference }) {
  return element("span", {}, element("abbr", { title: "color difference, CIEDE2000" }, "ΔE"), ` ${difference.toFixed(1)}`);
}

/**
 * Return sample letters in both colors. The style sheet adds the letters, so that screen readers skip them.
 *
 * @param {Pair} pair
 */
function letters({ text, background }) {
  const sample = element("span");
  sample.style.color = text;
  sample.style.backgroundColor = background;
  return sample;
}
