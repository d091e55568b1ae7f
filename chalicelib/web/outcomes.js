// @ts-check
/** How a check may end, in the words and signs of the page. */

/** @typedef {"failed" | "cantTell" | "passed"} Outcome */

/** In the order in which they matter. */
export const OUTCOMES = /** @type {const} */ (["failed", "cantTell", "passed"]);

/** @type {Record<Outcome, {label: string, sign: string}>} */
export const WORDS = {
  failed: { label: "Failed", sign: "✕" },
  cantTell: { label: "Can't tell", sign: "?" },
  passed: { label: "Passed", sign: "✓" },
};

/** Why it can't be told, in few words; a check's message says it in full. */
const DOUBTS = new Map([
  ["bgGradient", "on a gradient"],
  ["bgImage", "on an image"],
  ["shortTextContent", "perhaps no text"],
  ["thinText", "thin text"],
  ["lossyImage", "compressed colors"],
  ["textSize", "size uncertain"],
  ["scale", "scale unknown"],
  ["labeled", "has a text label"],
  ["perhapsNoTarget", "perhaps no control"],
  ["advisory", "yours to judge"],
]);

/** @param {string | null} reason */
export function doubt(reason) {
  return DOUBTS.get(reason ?? "") ?? null;
}
