// @ts-check
/** The ways by which a picture comes into the page: chosen, dropped, pasted, or the sample. */

import { NotAccepted } from "./problem.js";

/** @typedef {(file: File, scale: number | null) => Promise<void>} Send scale: null leaves it to the server to find out */

/** What the server accepts, by the names that people know. */
export const FORMATS = new Map([
  ["image/png", "PNG"],
  ["image/jpeg", "JPEG"],
  ["image/webp", "WebP"],
  ["image/gif", "GIF"],
  ["image/avif", "AVIF"],
]);

/**
 * @param {Iterable<File>} files
 * @returns {File}
 */
export function onlyPicture(files) {
  const all = [...files];
  if (all.length > 1) throw new NotAccepted("One picture at a time, please.");
  const [file] = all;
  if (!file) throw new NotAccepted("There was no file in that.");
  if (!FORMATS.has(file.type)) {
    throw new NotAccepted(`“${file.name}” is not a picture that Janus reads: it takes ${[...FORMATS.values()].join(", ")}.`);
  }
  return file;
}

/**
 * Take files that are dropped or pasted anywhere on the page.
 *
 * @param {(files: File[]) => void} onFiles
 * @param {AbortSignal} signal ends it
 */
export function listen(onFiles, signal) {
  /** @param {DragEvent} event */
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;
  const mark = (/** @type {boolean} */ on) => document.body.classList.toggle("receives-drop", on);

  document.addEventListener(
    "dragover",
    (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      mark(true);
    },
    { signal },
  );
  document.addEventListener("dragleave", (event) => mark(event.relatedTarget !== null), { signal });
  document.addEventListener(
    "drop",
    (event) => {
      mark(false);
      if (!carriesFiles(event)) return;
      event.preventDefault();
      onFiles([...(event.dataTransfer?.files ?? [])]);
    },
    { signal },
  );
  document.addEventListener(
    "paste",
    (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) onFiles(files);
    },
    { signal },
  );
}

export const SAMPLE_SCALE = 1;

/** @returns {Promise<File>} the screenshot that comes with the page */
export async function sample() {
  // API Gateway sends bytes only to those who ask for exactly this type.
  const response = await fetch("web/sample.png", { headers: { Accept: "image/png" } });
  if (!response.ok) throw new NotAccepted("The sample can't be fetched now.");
  return new File([await response.blob()], "sample.png", { type: "image/png" });
}
