// @ts-check
/** What a check measured and what its rule asks, in words and on a scale. */

import * as format from "./format.js";
import { doubt, WORDS } from "./outcomes.js";
import { ruleOf } from "./rules.js";

/** @typedef {import("./report.js").Check} Check */
/** @typedef {import("./report.js").Entry} Entry */
/** @typedef {import("./report.js").Place} Place */

const LARGEST_RATIO = 21; // black on white

/** How each measure is written, and where on a scale from 0 to 1 a value lies. */
const MEASURES = {
  ratio: {
    write: format.ratio,
    need: format.requiredRatio,
    place: (/** @type {number} */ value) => Math.log(value) / Math.log(LARGEST_RATIO), // as contrast is seen
  },
  multiple: {
    write: format.multiple,
    need: (/** @type {number} */ value) => `${value} ×`,
    place: (/** @type {number} */ value, /** @type {number} */ required) => value / (2 * required),
  },
  pixels: {
    write: format.pixels,
    need: format.pixels,
    place: (/** @type {number} */ value, /** @type {number} */ required) => value / (2 * required),
  },
};

/**
 * @param {Check} check
 * @returns {string | null} the value, or the interval in which it lies where that left the outcome open
 */
export function measured(check) {
  const { value, interval } = valueOf(check);
  const { write } = MEASURES[ruleOf(check.rule).measure];
  if (interval !== null && check.outcome === "cantTell") {
    const [low, high] = interval.map(write);
    if (low !== high) return `${low.replace(/\D*$/, "").replace(/:1$/, "")}–${high}`;
  }
  return value === null ? null : write(value);
}

/**
 * @param {Check} check
 * @returns {string | null}
 */
export function needed({ rule, required }) {
  return required === null ? null : MEASURES[ruleOf(rule).measure].need(required);
}

/**
 * @param {Check} check
 * @returns {{low: number, high: number, required: number} | null} shares of the scale's length
 */
export function onScale(check) {
  const { value, interval } = valueOf(check);
  const { required } = check;
  const [low, high] = interval ?? [value, value];
  if (low === null || high === null || required === null) return null;
  const place = (/** @type {number} */ value) => Math.min(Math.max(MEASURES[ruleOf(check.rule).measure].place(value, required), 0), 1);
  return { low: place(low), high: place(high), required: place(required) };
}

/** @param {Check} check */
function valueOf({ rule, ratio, interval, size }) {
  const inPixels = ruleOf(rule).measure === "pixels";
  return inPixels ? { value: size?.value ?? null, interval: size?.interval ?? null } : { value: ratio, interval };
}

/**
 * @param {Entry} entry
 * @returns {string | null} what the list says beside the rule's name
 */
export function need({ outcome, worst }) {
  if (outcome === "cantTell") return doubt(worst.reason);
  const least = needed(worst);
  return outcome === "passed" || least === null ? null : `needs ${least}`;
}

/**
 * @param {Entry} entry
 * @returns {string} its accessible name
 */
export function nameOf(entry) {
  const { outcome, worst, places } = entry;
  return [described(entry, outcome === "passed" && places.length > 1 ? null : worst), places.length > 1 && format.counted(places.length, "place")]
    .filter(Boolean)
    .join(", ");
}

/**
 * @param {Place} place
 * @returns {string} its accessible name
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
  return [value === null ? what : `${what} ${value}`, need(entry)].filter(Boolean).join(", ");
}
