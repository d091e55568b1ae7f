// @ts-check
/** Hands a result over as a file. */

import { element } from "./dom.js";

/**
 * @param {Blob} content
 * @param {string} name
 */
export function save(content, name) {
  const address = URL.createObjectURL(content);
  element("a", { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

/**
 * @param {unknown} content
 * @param {string} type
 */
export function jsonFile(content, type) {
  return new Blob([JSON.stringify(content, null, 2), "\n"], { type });
}

/**
 * @param {string} name of the image's file
 * @param {string} ending
 */
export function resultName(name, ending) {
  return `${name.replace(/\.\w+$/, "")}.${ending}`;
}
