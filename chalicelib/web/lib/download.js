/** Files that the browser saves. */

import { element } from "./dom.js";

/**
 * Save content as a file in the browser's download folder.
 *
 * @param {Blob} content
 * @param {string} name
 */
export function save(content, name) {
  const url = URL.createObjectURL(content);
  element("a", { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}

/**
 * @param {unknown} content
 * @param {string} type media type
 */
export function jsonFile(content, type) {
  return new Blob([JSON.stringify(content, null, 2), "\n"], { type });
}

/**
 * Return the name of a result's file: `card.png` and `csv` give `card.csv`.
 *
 * @param {string} imageName
 * @param {string} extension
 */
export function resultName(imageName, extension) {
  return `${imageName.replace(/\.\w+$/, "")}.${extension}`;
}
