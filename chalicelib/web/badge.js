// @ts-check
/** The sign of an outcome: told by its shape (square, diamond, circle) and by what stands in it, not by color alone. */

import { element } from "./dom.js";

/**
 * @param {import("./outcomes.js").Outcome} outcome
 * @param {string | number} content
 */
export function badge(outcome, content) {
  return element("span", { class: `badge badge-${outcome}`, "aria-hidden": "true" }, element("span", {}, String(content)));
}
