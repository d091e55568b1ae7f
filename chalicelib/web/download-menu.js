// @ts-check
/** A menu of files that a result can be had as. */

import { announce } from "./announce.js";
import { jsonFile, resultName, save } from "./download.js";
import * as images from "./images.js";
import { menuButton } from "./menu.js";
import * as notice from "./notice.js";

/** @typedef {{label: string, hint: string, ending: string, make: () => Promise<Blob>}} File */
/** @typedef {{format: string | null, label: string, hint: string, ending: string}} Format the API's name of it; null is the native one */
/** @typedef {{name: "accessibility" | "tokens", content: unknown, mediaType: string}} Result in its native format, as the page has it */

/**
 * @param {Format[]} formats
 * @param {images.ImageRecord} record
 * @param {Result} result
 * @param {AbortSignal} signal
 * @returns {File[]}
 */
export function filesOf(formats, record, { name, content, mediaType }, signal) {
  return formats.map(({ format, ...file }) => {
    const make = async () => (format === null ? jsonFile(content, mediaType) : images.file(record.id, name, format, signal));
    return { ...file, make };
  });
}

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
