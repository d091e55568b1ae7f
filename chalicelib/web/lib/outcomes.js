/** The outcomes of a check: their labels, signs and badges. */

import { element } from "./dom.js";

/** @typedef {"failed" | "cantTell" | "passed"} Outcome */

/** The most important first. */
export const OUTCOMES = /** @type {const} */ (["failed", "cantTell", "passed"]);

/** @type {Record<Outcome, {label: string, sign: string}>} */
export const WORDS = {
  failed: { label: "Failed", sign: "✕" },
  cantTell: { label: "Can't tell", sign: "?" },
  passed: { label: "Passed", sign: "✓" },
};

/** Why a check is undecided, in a few words; its message gives the whole reason. */
const REASONS = new Map([
  ["bgGradient", "on a gradient"],
  ["bgImage", "on an image"],
  ["shortTextContent", "possibly not text"],
  ["thinText", "thin text"],
  ["lossyImage", "compressed colors"],
  ["textSize", "size uncertain"],
  ["scale", "scale unknown"],
  ["labeled", "has a text label"],
  ["perhapsNoTarget", "possibly not a control"],
  ["advisory", "needs your judgment"],
]);

/**
 * Return the words for the reason of a `cantTell`, or null for a reason that the page does not know.
 *
 * @param {string | null} reason
 */
export function reasonLabel(reason) {
  return REASONS.get(reason ?? "") ?? null;
}

/**
 * Return an outcome's badge: shape (square, diamond, circle) and content tell outcomes apart, not color alone.
 *
 * @param {Outcome} outcome
 * @param {string | number} content
 */
export function badge(outcome, content) {
  return element("span", { class: `badge badge-${outcome}`, "aria-hidden": "true" }, element("span", {}, String(content)));
}
