/** Success criteria that a screenshot can't show, and rules that did not apply. */

import { element } from "../lib/dom.js";

/** @typedef {import("../lib/report.js").Report} Report */

/** @param {Report} report */
export function untestedPart({ untested, rules, summary }) {
  const inapplicable = rules.filter(({ id }) => summary.rules[id] === "inapplicable");
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
              element("span", {}, element("a", { href: helpUrl(name), rel: "noreferrer" }, name), ` ${level}`),
            ]),
        ),
      ),
      inapplicable.length === 0 ? null : group("Not applicable: the screenshot has no content for these rules.", inapplicable.map(({ name }) => [name])),
    ),
  );
}

/**
 * Return the URL of W3C's page on a criterion: that of “Contrast (Minimum)” ends with contrast-minimum.html.
 *
 * @param {string} name
 */
function helpUrl(name) {
  const page = (name.toLowerCase().match(/[a-z0-9]+/g) ?? []).join("-");
  return `https://www.w3.org/WAI/WCAG22/Understanding/${page}.html`;
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
