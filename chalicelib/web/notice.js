// @ts-check
/** The one place above the page's content where it says what went wrong. */

const region = /** @type {HTMLElement} */ (document.getElementById("notice"));

/** @param {string} words */
export function tell(words) {
  if (region.textContent !== words) region.textContent = words; // said aloud once
  region.hidden = false;
}

export function clear() {
  region.hidden = true;
  region.textContent = "";
}
