/** The choice of levels and outcomes that the list and the screenshot show. */

import { element } from "../lib/dom.js";
import { badge } from "../lib/outcomes.js";
import { OUTCOMES, WORDS } from "../lib/outcomes.js";
import { entriesOf, initialOutcomes, LEVELS, countPlaces } from "../lib/report.js";

/** @typedef {import("../lib/report.js").Entry} Entry */
/** @typedef {import("../lib/report.js").Report} Report */

/**
 * @param {Report} report
 * @param {(shown: Entry[]) => void} onChange
 */
export function issueFilter(report, onChange) {
  const byLevel = LEVELS.map(({ levels }) => entriesOf(report, levels));
  let [entries] = byLevel;
  const outcomes = initialOutcomes(entries);
  const toggles = OUTCOMES.map((outcome) =>
    outcomeToggle(outcome, outcomes.has(outcome), (pressed) => {
      if (pressed) outcomes.add(outcome);
      else outcomes.delete(outcome);
      onChange(shown());
    }),
  );

  /** @param {Entry[]} chosen */
  function chooseLevel(chosen) {
    entries = chosen;
    count();
    onChange(shown());
  }

  function count() {
    const counts = countPlaces(entries);
    for (const [index, outcome] of OUTCOMES.entries()) toggles[index].count(counts[outcome]);
  }
  count();

  function shown() {
    return entries.filter(({ outcome }) => outcomes.has(outcome));
  }

  return {
    levels: levelControl(byLevel, chooseLevel),
    outcomes: element("div", { class: "outcome-filter", role: "group", "aria-label": "Outcomes shown" }, ...toggles.map(({ button }) => button)),
    shown,
  };
}

/**
 * @param {Entry[][]} byLevel
 * @param {(entries: Entry[]) => void} onChoose
 */
function levelControl(byLevel, onChoose) {
  return element(
    "fieldset",
    { class: "segments level-filter" },
    element("legend", { class: "unseen" }, "Level"),
    ...LEVELS.map(({ label }, index) =>
      element(
        "label",
        {},
        element("input", { type: "radio", name: "level", checked: index === 0, change: () => onChoose(byLevel[index]) }),
        element("span", {}, label),
      ),
    ),
  );
}

/**
 * @param {import("../lib/outcomes.js").Outcome} outcome
 * @param {boolean} pressed
 * @param {(pressed: boolean) => void} onPress
 */
function outcomeToggle(outcome, pressed, onPress) {
  const { label, sign } = WORDS[outcome];
  const count = element("span", { class: "filter-count" });
  const button = element(
    "button",
    { type: "button", class: "filter", "aria-pressed": String(pressed) },
    badge(outcome, sign),
    count,
    element("span", { class: "filter-label" }, label),
  );
  button.addEventListener("click", () => {
    const now = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(now));
    onPress(now);
  });
  return {
    button,
    count: (/** @type {number} */ places) => {
      count.textContent = String(places);
    },
  };
}
