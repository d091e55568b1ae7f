/** Success criteria that a screenshot can't show, and rules that did not apply. */

import { element } from "../lib/dom.js";
import { helpAddress, ruleOf } from "../lib/rules.js";

/** @typedef {import("../lib/report.js").Report} Report */

/** @param {Report} report */
export function untestedPart({ untested, summary }) {
  const inapplicable = Object.keys(summary.rules).filter((rule) => summary.rules[rule] === "inapplicable");
  const reasons = [...new Set(untested.map(({ why }) => why))];
  return element(
    "details",
    { class: "panel untested" },
    element(
      "summary",
      {},
      element("h2", {}, "Not tested"),
      element("span", { class: "quiet" }, `${untested.length} success criteria of levels A and AA that a screenshot can't show`),
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
              element("span", {}, element("a", { href: helpAddress(pageNameOf(name)), rel: "noreferrer" }, name), ` ${level}`),
            ]),
        ),
      ),
      inapplicable.length === 0 ? null : group("Not applicable: the screenshot has no content for these rules.", inapplicable.map((rule) => [ruleOf(rule).name])),
    ),
  );
}

/**
 * Return the name of the criterion's page at W3C: “Contrast (Minimum)” gives contrast-minimum.
 *
 * @param {string} name
 */
function pageNameOf(name) {
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
