/** The measured and the required value of a check, in words and on a scale. */

import * as format from "./format.js";
import { reasonLabel, WORDS } from "./outcomes.js";
import { ruleOf } from "./rules.js";

/** @typedef {import("./report.js").Check} Check */
/** @typedef {import("./report.js").Entry} Entry */
/** @typedef {import("./report.js").Place} Place */

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
  pixels: {
    write: format.pixels,
    required: format.pixels,
    position: (/** @type {number} */ value, /** @type {number} */ required) => value / (2 * required),
  },
};

/**
 * Return the measured value, or its interval where that left the outcome undecided.
 *
 * @param {Check} check
 * @returns {string | null}
 */
export function measured(check) {
  const { value, interval } = valueOf(check);
  const { write } = UNITS[ruleOf(check.rule).measure];
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
 * @returns {string | null}
 */
export function required({ rule, required: value }) {
  return value === null ? null : UNITS[ruleOf(rule).measure].required(value);
}

/**
 * Return the positions of the measured and the required value on the scale, 0 to 1.
 *
 * @param {Check} check
 * @returns {{low: number, high: number, required: number} | null}
 */
export function onScale(check) {
  const { value, interval } = valueOf(check);
  const { required } = check;
  const [low, high] = interval ?? [value, value];
  if (low === null || high === null || required === null) return null;
  const position = (/** @type {number} */ value) => Math.min(Math.max(UNITS[ruleOf(check.rule).measure].position(value, required), 0), 1);
  return { low: position(low), high: position(high), required: position(required) };
}

/** @param {Check} check */
function valueOf({ rule, ratio, interval, size }) {
  const inPixels = ruleOf(rule).measure === "pixels";
  return inPixels ? { value: size?.value ?? null, interval: size?.interval ?? null } : { value: ratio, interval };
}

/**
 * Return what the list shows after the rule's name.
 *
 * @param {Entry} entry
 * @returns {string | null}
 */
export function qualifier({ outcome, worst }) {
  if (outcome === "cantTell") return reasonLabel(worst.reason);
  const least = required(worst);
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
  const value = check && measured(check);
  const what = `${entry.number}. ${WORDS[entry.outcome].label}: ${ruleOf(entry.rule).name}`;
  return [value === null ? what : `${what} ${value}`, qualifier(entry)].filter(Boolean).join(", ");
}
