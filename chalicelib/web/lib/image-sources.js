/** Sources of a screenshot: a file that is chosen, dropped or pasted, or the sample. */

import { NotAccepted } from "./problem.js";

/** @typedef {(file: File, scale: number | null) => Promise<void>} Upload scale: null lets the server estimate it */

/** The media types that the server accepts, with their common names. */
export const FORMATS = new Map([
  ["image/png", "PNG"],
  ["image/jpeg", "JPEG"],
  ["image/webp", "WebP"],
  ["image/gif", "GIF"],
  ["image/avif", "AVIF"],
]);

/**
 * Return the media type of a file as the server knows it. Systems have other names for JPEG, or none for `.jfif`.
 *
 * @param {File} file
 */
export function mediaTypeOf({ name, type }) {
  const isJpeg = ["image/jpg", "image/pjpeg"].includes(type) || (type === "" && /\.(jpe?g|jfif)$/i.test(name));
  return isJpeg ? "image/jpeg" : type;
}

/**
 * Return the only file, or throw NotAccepted.
 *
 * @param {Iterable<File>} files
 * @returns {File}
 */
export function onlyImage(files) {
  const all = [...files];
  if (all.length > 1) throw new NotAccepted("Upload one screenshot at a time.");
  const [file] = all;
  if (!file) throw new NotAccepted("No file was found. Choose, drop or paste an image file.");
  if (!FORMATS.has(mediaTypeOf(file))) {
    const formats = new Intl.ListFormat("en", { type: "disjunction" }).format(FORMATS.values());
    throw new NotAccepted(`“${file.name}” is not in a supported format: ${formats}.`);
  }
  return file;
}

/**
 * Call onFiles with the files that are dropped or pasted anywhere on the page.
 *
 * @param {(files: File[]) => void} onFiles
 * @param {AbortSignal} signal removes the listeners
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

export const SAMPLE_SCALE = 1; // device pixels per CSS pixel

/** Fetch the sample screenshot of the page. */
export async function sample() {
  const response = await fetch("web/sample.png");
  if (!response.ok) throw new NotAccepted("The sample can't be loaded at the moment. Try again later.");
  return new File([await response.blob()], "sample.png", { type: "image/png" });
}
