// @ts-check
/** A color that would do in the place of another: how both look, what the new one reaches, and a button that copies it. */

import { copy } from "./copy.js";
import { element } from "./dom.js";
import * as format from "./format.js";

/** @typedef {import("./report.js").Fix} Fix */
/** @typedef {{text: string, ground: string}} Pair the colors of a letter and of what is behind it */

/**
 * @param {{what: string, from: string, fix: Fix, before: Pair, after: Pair}} change what: which color it is
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
 * Letters that the style sheet writes: they show how the pair looks, they say nothing.
 *
 * @param {Pair} pair
 */
function letters({ text, ground }) {
  const sample = element("span");
  sample.style.color = text;
  sample.style.backgroundColor = ground;
  return sample;
}
