/** The report's summary: share of text that passes, numbers of issues and of rules. */

import { element } from "../lib/dom.js";
import * as format from "../lib/format.js";

/** @typedef {import("../lib/report.js").Report} Report */

/**
 * @param {Report} report
 * @param {HTMLElement} downloads
 */
export function summaryPart({ issues, summary }, downloads) {
  const { text, levels, rules } = summary;
  const open = issues.filter(({ level }) => level === "A" || level === "AA");
  const places = (/** @type {"failed" | "cantTell"} */ outcome) => levels.A[outcome] + levels.AA[outcome];
  const count = (/** @type {string} */ outcome) => open.filter((issue) => issue.outcome === outcome).length;
  const tested = Object.values(rules).filter((outcome) => outcome !== "inapplicable");
  return element(
    "section",
    { class: "summary", "aria-label": "Summary" },
    element(
      "dl",
      {},
      part("Text that passes AA", ...passing(text.AA)),
      part("Text that passes AAA", ...passing(text.AAA)),
      part("To fix", element("strong", {}, format.counted(count("failed"), "issue")), ` in ${format.counted(places("failed"), "place")}`),
      part("Needs judgment", element("strong", {}, format.counted(count("cantTell"), "issue")), ` in ${format.counted(places("cantTell"), "place")}`),
      part("Rules applied", element("strong", {}, `${tested.length}`), ` of ${Object.keys(rules).length}`),
    ),
    downloads,
  );
}

/**
 * @param {string} term
 * @param {(Node | string)[]} description
 */
function part(term, ...description) {
  return element("div", {}, element("dt", {}, term), element("dd", {}, ...description));
}

/** @param {number | null} share */
function passing(share) {
  if (share === null) return ["no text found"];
  const bar = element("span", { class: "share-bar", "aria-hidden": "true" }, element("span"));
  /** @type {HTMLElement} */ (bar.firstElementChild).style.inlineSize = `${share * 100}%`;
  return [element("strong", {}, format.truncatedPercent(share)), bar];
}
