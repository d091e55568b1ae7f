/** Copying to the clipboard, with feedback. */

import { announce } from "./notice.js";

const FEEDBACK_MS = 1500;

/**
 * Copy text to the clipboard.
 *
 * @param {string} text
 * @param {HTMLElement} label shows the result for a moment
 */
export async function copy(text, label) {
  const result = await write(text);
  const before = label.textContent;
  if (before === result) return;
  label.textContent = result;
  announce(`${result}: ${text}`);
  setTimeout(() => {
    label.textContent = before;
  }, FEEDBACK_MS);
}

/** @param {string} text */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied";
  } catch {
    return "Not allowed"; // the browser or its user denies access to the clipboard
  }
}
