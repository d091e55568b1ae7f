// @ts-check
/** A menu of files that a result can be had as. */

import { announce } from "./announce.js";
import { resultName, save } from "./download.js";
import { menuButton } from "./menu.js";
import * as notice from "./notice.js";

/** @typedef {{label: string, hint: string, ending: string, make: () => Promise<Blob>}} File */

/**
 * @param {string} label
 * @param {string} name of the image's file
 * @param {File[]} files
 */
export function downloadMenu(label, name, files) {
  const items = files.map(({ label, hint, ending, make }) => ({ label, hint, action: () => download(make, resultName(name, ending)) }));
  return menuButton(label, items);
}

/**
 * @param {() => Promise<Blob>} make
 * @param {string} name
 */
async function download(make, name) {
  try {
    notice.clear();
    save(await make(), name);
    announce(`${name} is downloaded.`);
  } catch (error) {
    notice.tellError(error);
  }
}
