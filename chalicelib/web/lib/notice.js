/** Messages to the person: the notice above the page's content, and announcements to screen readers. */

import { isAborted, messageOf, SessionEnded } from "./problem.js";

const region = /** @type {HTMLElement} */ (document.getElementById("notice"));
const announcer = /** @type {HTMLElement} */ (document.getElementById("announcer"));

/**
 * Show a message above the page's content.
 *
 * @param {string} message
 * @param {boolean} [isError]
 */
export function show(message, isError = true) {
  region.classList.toggle("error", isError);
  if (region.textContent !== message) region.textContent = message; // setting the same text would announce it twice
  region.hidden = false;
}

/**
 * Show an error, unless the page aborted the request itself or the sign-in page shows the reason.
 *
 * @param {unknown} error
 */
export function showError(error) {
  if (!isAborted(error) && !(error instanceof SessionEnded)) show(messageOf(error));
}

/** Remove the message. */
export function clear() {
  region.hidden = true;
  region.textContent = "";
}

/**
 * Announce a message to screen readers only.
 *
 * @param {string} message
 */
export function announce(message) {
  announcer.textContent = "";
  // One frame later: the same message twice would be no change, and would not be announced.
  requestAnimationFrame(() => {
    announcer.textContent = message;
  });
}
