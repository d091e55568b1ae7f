// @ts-check
/** The findings beside the picture, filtered by outcome. */

import { badge } from "./badge.js";
import { element } from "./dom.js";
import { contrastOf, nameOf, OUTCOMES, WORDS } from "./findings.js";
import * as format from "./format.js";
import { Listbox } from "./listbox.js";
import { specimen } from "./specimen.js";

/** @typedef {import("./findings.js").Finding} Finding */
/** @typedef {import("./findings.js").Outcome} Outcome */

const SPECIMEN = { width: 168, height: 26 }; // CSS pixels

/**
 * @param {{
 *   findings: Finding[],
 *   onFilter: (outcomes: Set<Outcome>) => void,
 * }} setting
 */
export function outcomeFilter({ findings, onFilter }) {
  const shown = initialOutcomes(findings);
  const buttons = OUTCOMES.map((outcome) => {
    const count = findings.filter((finding) => finding.outcome === outcome).length;
    return element(
      "button",
      {
        type: "button",
        class: "filter",
        "aria-pressed": String(shown.has(outcome)),
        click: ({ currentTarget }) => {
          if (!shown.delete(outcome)) shown.add(outcome);
          /** @type {HTMLElement} */ (currentTarget).setAttribute("aria-pressed", String(shown.has(outcome)));
          onFilter(shown);
        },
      },
      badge(outcome, WORDS[outcome].sign),
      element("span", { class: "filter-count" }, String(count)),
      element("span", { class: "filter-label" }, WORDS[outcome].label),
    );
  });
  return {
    element: element("div", { class: "filters", role: "group", "aria-label": "Show findings" }, ...buttons),
    shown,
  };
}

/**
 * What needs a look; all, where nothing does.
 *
 * @param {Finding[]} findings
 * @returns {Set<Outcome>}
 */
function initialOutcomes(findings) {
  const needsLook = findings.some(({ outcome }) => outcome !== "passed");
  return new Set(needsLook ? ["failed", "cantTell"] : OUTCOMES);
}

/**
 * @param {{
 *   picture: HTMLImageElement,
 *   scale: number,
 *   onSelect: (finding: Finding) => void,
 *   onActivate: () => void,
 * }} setting
 */
export function findingList({ picture, scale, onSelect, onActivate }) {
  const options = element("div", { class: "findings", "aria-label": "Findings" });
  const nothing = element("p", { class: "quiet", hidden: true });
  const listbox = new Listbox(options, { scroller: options, onSelect, onActivate });
  return {
    element: element("div", { class: "finding-list" }, options, nothing),
    listbox,
    /**
     * @param {Finding[]} findings
     * @param {string} whenEmpty
     */
    show(findings, whenEmpty) {
      options.hidden = findings.length === 0;
      nothing.hidden = findings.length > 0;
      nothing.textContent = whenEmpty;
      listbox.fill(findings, (finding) => row(finding, picture, scale));
    },
  };
}

/**
 * @param {Finding} finding
 * @param {HTMLImageElement} picture
 * @param {number} scale
 */
function row(finding, picture, scale) {
  const { outcome, number, box, required } = finding;
  return element(
    "div",
    { class: "finding", "aria-label": nameOf(finding) },
    badge(outcome, number),
    specimen(picture, box, { ...SPECIMEN, scale }),
    element("span", { class: "finding-ratio" }, contrastOf(finding)),
    element("span", { class: "finding-needs" }, required === null ? "" : `needs ${format.requiredRatio(required)}`),
  );
}
