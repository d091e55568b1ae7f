// @ts-check
/** What the report is silent about: criteria that no picture can show, and rules that had nothing to look at. */

import { element } from "./dom.js";
import { helpAddress, ruleOf } from "./rules.js";

/** @typedef {import("./report.js").Report} Report */

/** @param {Report} report */
export function untestedPart({ untested, summary }) {
  const idle = Object.keys(summary.rules).filter((rule) => summary.rules[rule] === "inapplicable");
  const reasons = [...new Set(untested.map(({ why }) => why))];
  return element(
    "details",
    { class: "panel untested" },
    element(
      "summary",
      {},
      element("h2", {}, "Not tested"),
      element("span", { class: "quiet" }, `${untested.length} success criteria of levels A and AA, which a picture can't show`),
    ),
    element(
      "div",
      { class: "untested-groups" },
      ...reasons.map((reason) =>
        group(
          reason,
          untested
            .filter(({ why }) => why === reason)
            .map(({ criterion, name, level }) => [
              element("span", { class: "number" }, criterion),
              element("span", {}, element("a", { href: helpAddress(anchorOf(name)), rel: "noreferrer" }, name), ` ${level}`),
            ]),
        ),
      ),
      idle.length === 0 ? null : group("Looked for, but this picture has nothing of the kind.", idle.map((rule) => [ruleOf(rule).name])),
    ),
  );
}

/**
 * @param {string} name
 * @returns {string} as W3C's pages address a criterion: “Contrast (Minimum)” is contrast-minimum
 */
function anchorOf(name) {
  return (name.toLowerCase().match(/[a-z0-9]+/g) ?? []).join("-");
}

/**
 * @param {string} reason
 * @param {(Node | string)[][]} items
 */
function group(reason, items) {
  return element(
    "section",
    {},
    element("h3", {}, reason),
    element("ul", {}, ...items.map((item) => element("li", {}, ...item))),
  );
}
