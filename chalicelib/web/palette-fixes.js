// @ts-check
/** One change for a color that fails in several places, so that the palette is mended and not each of its uses. */

import { element } from "./dom.js";
import { fixRow } from "./fix.js";
import { chip } from "./swatches.js";

/** @typedef {import("./report.js").PaletteFix} PaletteFix */

/** @param {PaletteFix[]} fixes */
export function paletteFixes(fixes) {
  if (fixes.length === 0) return null;
  return element(
    "section",
    { class: "palette-fixes", "aria-labelledby": "palette-fixes-heading" },
    element("h3", { id: "palette-fixes-heading" }, "Colors to change"),
    element("p", { class: "quiet" }, "Text colors that fail in several places, and the nearest that would do in all of them."),
    element("ul", {}, ...fixes.map(paletteFix)),
  );
}

/** @param {PaletteFix} fix */
function paletteFix({ color, on, fix }) {
  const [ground] = on;
  const row = fixRow({ what: "Text", from: color, fix, before: { text: color, ground }, after: { text: fix.color, ground } });
  row.append(
    element(
      "span",
      { class: "fix-on" },
      "on ",
      ...on.map((hex) => element("span", { class: "fix-ground" }, chip(hex), element("code", {}, hex), " ")),
    ),
  );
  return row;
}
