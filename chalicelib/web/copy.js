// @ts-check
/** Copies a color's notation, and says that it did. */

import { announce } from "./announce.js";

const SHOWN = 1500; // milliseconds

/**
 * @param {string} text
 * @param {HTMLElement} label what says it for a moment
 */
export async function copy(text, label) {
  const said = await write(text);
  const before = label.textContent;
  if (before === said) return;
  label.textContent = said;
  announce(`${said}: ${text}`);
  setTimeout(() => {
    label.textContent = before;
  }, SHOWN);
}

/** @param {string} text */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied";
  } catch {
    return "Not allowed"; // the browser or its user keeps pages from the clipboard
  }
}
