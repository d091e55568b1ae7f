/** Suggested replacements for colors that fail in several places. */

import { element } from "../lib/dom.js";
import { fixRow } from "./fix-row.js";
import { chip } from "./swatches.js";

/** @typedef {import("../lib/report.js").PaletteFix} PaletteFix */

/** @param {PaletteFix[]} fixes */
export function paletteFixes(fixes) {
  if (fixes.length === 0) return null;
  return element(
    "section",
    { class: "palette-fixes", "aria-labelledby": "palette-fixes-heading" },
    element("h3", { id: "palette-fixes-heading" }, "Colors to change"),
    element("p", { class: "quiet" }, "Text colors that fail in several places, and the nearest colors that pass in all of them."),
    element("ul", {}, ...fixes.map(paletteFix)),
  );
}

/** @param {PaletteFix} fix */
function paletteFix({ color, on, fix }) {
  const [background] = on;
  const row = fixRow({ what: "Text", from: color, fix, before: { text: color, background }, after: { text: fix.color, background } });
  row.append(
    element(
      "span",
      { class: "fix-on" },
      "on ",
      ...on.map((hex) => element("span", { class: "fix-background" }, chip(hex), element("code", {}, hex), " ")),
    ),
  );
  return row;
}
