// @ts-check
/** Says a sentence to those who don't see the page change. */

const region = /** @type {HTMLElement} */ (document.getElementById("announcer"));

/** @param {string} sentence */
export function announce(sentence) {
  region.textContent = "";
  // A frame later, or the same sentence twice would be no change and stay unsaid.
  requestAnimationFrame(() => {
    region.textContent = sentence;
  });
}
