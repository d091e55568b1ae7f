// @ts-check
/** The one place above the page's content where it says what went wrong. */

import { isAborted, sentence, SessionEnded } from "./problem.js";

const region = /** @type {HTMLElement} */ (document.getElementById("notice"));

/**
 * @param {string} words
 * @param {boolean} [isError]
 */
export function tell(words, isError = true) {
  region.classList.toggle("error", isError);
  if (region.textContent !== words) region.textContent = words; // said aloud once
  region.hidden = false;
}

/**
 * Tell an error, unless the page gave the request up itself or the sign-in page tells of it.
 *
 * @param {unknown} error
 */
export function tellError(error) {
  if (!isAborted(error) && !(error instanceof SessionEnded)) tell(sentence(error));
}

export function clear() {
  region.hidden = true;
  region.textContent = "";
}
