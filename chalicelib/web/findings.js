// @ts-check
/** The checks of a report as the page shows them: ordered, numbered, worded. */

import * as format from "./format.js";

/** @typedef {"failed" | "cantTell" | "passed"} Outcome */
/** @typedef {{x: number, y: number, width: number, height: number}} Box image pixels */
/**
 * @typedef {object} Check
 * @property {string} rule
 * @property {string} criterion
 * @property {string} level
 * @property {Outcome} outcome
 * @property {string | null} reason
 * @property {Box} box
 * @property {string | null} foreground
 * @property {string | null} background
 * @property {number | null} ratio
 * @property {[number, number] | null} interval
 * @property {number | null} required
 * @property {{value: number, unit: string, interval: [number, number]} | null} size
 * @property {string} message
 */
/** @typedef {Check & {number: number}} Finding `number` is what the list and the picture call it by */

/** In the order in which they matter. */
export const OUTCOMES = /** @type {const} */ (["failed", "cantTell", "passed"]);

/** @type {Record<Outcome, {label: string, sign: string}>} */
export const WORDS = {
  failed: { label: "Failed", sign: "✕" },
  cantTell: { label: "Can't tell", sign: "?" },
  passed: { label: "Passed", sign: "✓" },
};

const READING_ROW = 12; // image pixels: boxes whose tops are nearer than this stand in one line

/**
 * @param {Check[]} checks
 * @returns {Finding[]} by outcome, then in reading order
 */
export function arrange(checks) {
  const row = (/** @type {Check} */ { box }) => Math.round(box.y / READING_ROW);
  return [...checks]
    .sort(
      (one, other) =>
        OUTCOMES.indexOf(one.outcome) - OUTCOMES.indexOf(other.outcome) ||
        row(one) - row(other) ||
        one.box.x - other.box.x,
    )
    .map((check, index) => ({ ...check, number: index + 1 }));
}

/**
 * @param {Finding} finding
 * @returns {string} the ratio, or the interval in which it lies where the pixels leave one
 */
export function contrastOf({ outcome, ratio, interval }) {
  if (interval !== null && outcome === "cantTell") {
    const [low, high] = interval.map(format.ratio);
    if (low !== high) return `${low.replace(":1", "")}–${high}`;
  }
  return ratio === null ? "unknown" : format.ratio(ratio);
}

/**
 * @param {Finding} finding
 * @returns {string} its accessible name
 */
export function nameOf(finding) {
  const needed = finding.required === null ? "" : `, needs ${format.requiredRatio(finding.required)}`;
  return `${finding.number}. ${WORDS[finding.outcome].label}: contrast ${contrastOf(finding)}${needed}`;
}
