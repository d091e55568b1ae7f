/** The measured and the required value of a check, in words and on a scale. */

import * as format from "./format.js";
import { WORDS } from "./outcomes.js";

/** @typedef {import("./report.js").Check} Check */
/** @typedef {import("./report.js").Entry} Entry */
/** @typedef {import("./report.js").Place} Place */
/** @typedef {import("./report.js").Rule} Rule */

const MAX_RATIO = 21; // black on white

/** The notation of each unit, and the position of a value on a scale from 0 to 1. */
const UNITS = {
  ratio: {
    write: format.ratio,
    required: format.requiredRatio,
    position: (/** @type {number} */ value) => Math.log(value) / Math.log(MAX_RATIO), // logarithmic, as contrast is perceived
  },
  multiple: {
    write: format.multiple,
    required: (/** @type {number} */ value) => `${value} ×`,
    position: (/** @type {number} */ value, /** @type {number} */ required) => value / (2 * required),
  },
  px: {
    write: format.pixels,
    required: format.pixels,
    position: (/** @type {number} */ value, /** @type {number} */ required) => value / (2 * required),
  },
  perSecond: {
    write: format.perSecond,
    required: format.perSecond,
    position: (/** @type {number} */ value, /** @type {number} */ required) => value / (2 * required),
  },
};

/**
 * Return the measured value, or its interval where that left the outcome undecided.
 *
 * @param {Check} check
 * @param {Rule} rule
 * @returns {string | null}
 */
export function measured(check, { unit }) {
  if (unit === null) return null;
  const { value, interval } = valueOf(check, unit);
  const { write } = UNITS[unit];
  if (interval !== null && check.outcome === "cantTell") {
    const [low, high] = interval.map(write);
    if (low !== high) return `${low.replace(/\D*$/, "").replace(/:1$/, "")}–${high}`;
  }
  return value === null ? null : write(value);
}

/**
 * Return the required value.
 *
 * @param {Check} check
 * @param {Rule} rule
 * @returns {string | null}
 */
export function required({ required: value }, { unit }) {
  return value === null || unit === null ? null : UNITS[unit].required(value);
}

/**
 * Return the positions of the measured and the required value on the scale, 0 to 1.
 *
 * @param {Check} check
 * @param {Rule} rule
 * @returns {{low: number, high: number, required: number} | null}
 */
export function onScale(check, { unit }) {
  if (unit === null) return null;
  const { value, interval } = valueOf(check, unit);
  const { required } = check;
  const [low, high] = interval ?? [value, value];
  if (low === null || high === null || required === null) return null;
  const position = (/** @type {number} */ value) => Math.min(Math.max(UNITS[unit].position(value, required), 0), 1);
  return { low: position(low), high: position(high), required: position(required) };
}

/**
 * @param {Check} check
 * @param {NonNullable<Rule["unit"]>} unit
 */
function valueOf({ ratio, interval, size }, unit) {
  return unit === "px" ? { value: size?.value ?? null, interval: size?.interval ?? null } : { value: ratio, interval };
}

/**
 * Return what the list shows after the rule's name.
 *
 * @param {Entry} entry
 * @returns {string | null}
 */
export function qualifier({ outcome, rule, worst }) {
  if (outcome === "cantTell") return rule.reasons[worst.reason ?? ""]?.label ?? null;
  const least = required(worst, rule);
  return outcome === "passed" || least === null ? null : `needs ${least}`;
}

/**
 * Return the accessible name of an entry.
 *
 * @param {Entry} entry
 */
export function entryName(entry) {
  const { outcome, worst, places } = entry;
  return [described(entry, outcome === "passed" && places.length > 1 ? null : worst), places.length > 1 && format.counted(places.length, "place")]
    .filter(Boolean)
    .join(", ");
}

/**
 * Return the accessible name of a place.
 *
 * @param {Place} place
 */
export function placeName({ check, entry, index }) {
  return [
    described(entry, check),
    entry.places.length > 1 && `place ${index + 1} of ${entry.places.length}`,
    check.text && `“${check.text}”`,
  ]
    .filter(Boolean)
    .join(", ");
}

/**
 * @param {Entry} entry
 * @param {Check | null} check
 */
function described(entry, check) {
  const value = check && measured(check, entry.rule);
  const what = `${entry.number}. ${WORDS[entry.outcome].label}: ${entry.rule.name}`;
  return [value === null ? what : `${what} ${value}`, qualifier(entry)].filter(Boolean).join(", ");
}
