/** The accessibility report of the API, and the entries that the page shows. */

import { OUTCOMES } from "./outcomes.js";

/** @typedef {import("./outcomes.js").Outcome} Outcome */
/** @typedef {"A" | "AA" | "AAA" | "advisory"} Level */
/** @typedef {{x: number, y: number, width: number, height: number}} Box image pixels */
/** @typedef {{value: number, unit: string, interval: [number, number]}} Size */
/** @typedef {{color: string, ratio: number, difference: number}} Fix difference: CIEDE2000 to the color replaced */
/**
 * @typedef {object} Check
 * @property {string} rule
 * @property {string | null} criterion
 * @property {Level} level
 * @property {Outcome} outcome
 * @property {string | null} reason
 * @property {number} severity 0 to 1
 * @property {Box} box
 * @property {string | null} text
 * @property {string | null} foreground
 * @property {string | null} background
 * @property {number | null} ratio
 * @property {[number, number] | null} interval of the ratio
 * @property {number | null} required
 * @property {Size | null} size
 * @property {{foreground: Fix | null, background: Fix | null} | null} fixes
 * @property {string} message
 */
/**
 * @typedef {object} Rule
 * @property {string} id
 * @property {string} name short, for a row of the list
 * @property {string} title what it requires
 * @property {Level} level
 * @property {{number: string, name: string} | null} criterion
 * @property {string | null} help URL of W3C's page on the criterion
 * @property {"ratio" | "multiple" | "px" | "perSecond" | null} unit of what its checks measure and require
 * @property {[string, string]} colors what has the foreground and what the background color
 * @property {Record<string, {label: string, explanation: string}>} reasons of its undecided checks
 */
/** @typedef {Omit<Check, "box" | "text"> & {places: number[]}} Issue places: indexes into the report's checks */
/** @typedef {{color: string, on: string[], fix: Fix}} PaletteFix */
/** @typedef {{criterion: string, name: string, level: Level, why: string}} Untested */
/** @typedef {Record<Outcome, number>} Counts */
/**
 * @typedef {object} Report
 * @property {Check[]} checks
 * @property {Issue[]} issues most severe first
 * @property {PaletteFix[]} palette_fixes
 * @property {Untested[]} untested
 * @property {Rule[]} rules that were applied
 * @property {{
 *   levels: Record<Level, Counts>,
 *   rules: Record<string, Outcome | "inapplicable">,
 *   text: {AA: number | null, AAA: number | null},
 * }} summary
 * @property {{width: number, height: number, scale: number, scale_source: string, scale_confidence: number, scale_interval?: [number, number] | null, notes?: string[]}} image
 */

/**
 * A row of the list: an issue, or all checks that passed one rule.
 *
 * @typedef {object} Entry
 * @property {number} number its label in the list and on the screenshot
 * @property {Rule} rule
 * @property {Level} level
 * @property {Outcome} outcome
 * @property {Check} worst
 * @property {number} severity
 * @property {Place[]} places worst first
 */
/** @typedef {{check: Check, entry: Entry, index: number}} Place index: among the places of its entry */

/** Levels shown together: A and AA are required, advice is optional. */
export const LEVELS = /** @type {{label: string, levels: Level[]}[]} */ ([
  { label: "A + AA", levels: ["A", "AA"] },
  { label: "AAA", levels: ["AAA"] },
  { label: "Advice", levels: ["advisory"] },
]);

/**
 * Return the issues in the report's order, then the passed checks of each rule.
 *
 * @param {Report} report
 * @param {Level[]} levels
 * @returns {Entry[]}
 */
export function entriesOf(report, levels) {
  const issues = report.issues
    .filter(({ level }) => levels.includes(level))
    .map(({ severity, places }) => ({ severity, checks: places.map((place) => report.checks[place]) }));
  const passed = report.rules
    .map(({ id }) => report.checks.filter(({ rule, outcome }) => rule === id && outcome === "passed"))
    .filter(([first]) => first && levels.includes(first.level))
    .map((checks) => ({ severity: 0, checks }));
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  return [...issues, ...passed].map(({ severity, checks }, index) => entry(index + 1, severity, checks, rules));
}

/**
 * @param {number} number
 * @param {number} severity
 * @param {Check[]} checks
 * @param {Map<string, Rule>} rules
 */
function entry(number, severity, checks, rules) {
  const [worst] = checks;
  const { level, outcome } = worst;
  const rule = /** @type {Rule} */ (rules.get(worst.rule));
  /** @type {Entry} */
  const made = { number, rule, level, outcome, worst, severity, places: [] };
  made.places = checks.map((check, index) => ({ check, entry: made, index }));
  return made;
}

/**
 * Count places by outcome.
 *
 * @param {Entry[]} entries
 * @returns {Counts}
 */
export function countPlaces(entries) {
  const counts = { failed: 0, cantTell: 0, passed: 0 };
  for (const { outcome, places } of entries) counts[outcome] += places.length;
  return counts;
}

/**
 * Return the outcomes that need attention, or all if none does.
 *
 * @param {Entry[]} entries
 * @returns {Set<Outcome>}
 */
export function initialOutcomes(entries) {
  const needsAttention = entries.some(({ outcome }) => outcome !== "passed");
  return new Set(needsAttention ? ["failed", "cantTell"] : OUTCOMES);
}
