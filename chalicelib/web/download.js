// @ts-check
/** Hands a result over as a file. */

import { element } from "./dom.js";

/**
 * @param {unknown} content
 * @param {string} name
 * @param {string} type
 */
export function download(content, name, type) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2), "\n"], { type }));
  element("a", { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

/**
 * @param {string} name of the image's file
 * @param {string} ending
 */
export function resultName(name, ending) {
  return `${name.replace(/\.\w+$/, "")}.${ending}`;
}
