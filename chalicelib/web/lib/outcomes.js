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

/**
 * Return an outcome's badge: shape (square, diamond, circle) and content tell outcomes apart, not color alone.
 *
 * @param {Outcome} outcome
 * @param {string | number} content
 */
export function badge(outcome, content) {
  return element("span", { class: `badge badge-${outcome}`, "aria-hidden": "true" }, element("span", {}, String(content)));
}
