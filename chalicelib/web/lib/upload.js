/** Uploads of files to the object store, by a presigned form of the API. */

import { mediaTypeOf } from "./image-sources.js";
import * as images from "./images.js";
import { NotAccepted, UploadFailed } from "./problem.js";

/** @typedef {import("./images.js").ImageRecord} ImageRecord */

/** A running upload. Dispatches `progress`, then `sent` or `failed`. */
export class Upload extends EventTarget {
  /** 0 to 1 */
  progress = 0;
  /** @type {UploadFailed | null} */
  error = null;

  /**
   * @param {File} file
   * @param {number | null} scale
   * @param {ImageRecord & {upload: images.UploadForm}} record
   */
  constructor(file, scale, record) {
    super();
    this.file = file;
    this.scale = scale;
    this.record = record;
    this.request = new XMLHttpRequest(); // fetch does not report the progress of an upload
    this.#post(record.upload);
  }

  cancel() {
    this.request.abort();
  }

  /** @param {images.UploadForm} form */
  #post({ url, fields }) {
    const { request } = this;
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      this.progress = total > 0 ? loaded / total : 0;
      this.dispatchEvent(new Event("progress"));
    });
    request.addEventListener("load", () => {
      if (request.status < 300) this.#end("sent", null);
      else this.#end("failed", new UploadFailed(failureMessage(request)));
    });
    request.addEventListener("error", () => {
      this.#end("failed", new UploadFailed("The connection was lost during the upload."));
    });
    request.open("POST", url);
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append("file", this.file); // last: the object store ignores fields after the file
    request.send(body);
  }

  /**
   * @param {"sent" | "failed"} name
   * @param {UploadFailed | null} error
   */
  #end(name, error) {
    this.error = error;
    this.dispatchEvent(new Event(name));
  }
}

/** @type {Map<string, Upload>} uploads of this visit, by image id */
const uploads = new Map();

/**
 * Create an image and start to upload its file.
 *
 * @param {File} file
 * @param {number | null} scale device pixels per CSS pixel; null lets the server estimate it
 * @returns {Promise<ImageRecord>}
 */
export async function start(file, scale) {
  const record = await images.create({
    name: nameOf(file),
    content_type: mediaTypeOf(file),
    size: file.size,
    ...(scale === null ? {} : { scale }),
    ...(await digest(file)),
  });
  uploads.set(record.id, new Upload(file, scale, record));
  return record;
}

/**
 * @param {string} id
 * @returns {Upload | undefined}
 */
export function uploadOf(id) {
  return uploads.get(id);
}

/** @param {string} id */
export function cancel(id) {
  uploads.get(id)?.cancel();
  uploads.delete(id);
}

const UNSEEN_MARKS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * Return the file's name without marks that the server refuses, such as those that messengers put in front.
 *
 * @param {File} file
 */
function nameOf(file) {
  return file.name.replace(UNSEEN_MARKS, "").trim() || "image";
}

/**
 * Return the file's digest, by which the server checks the upload. Browsers compute it on secure origins only.
 *
 * @param {File} file
 */
async function digest(file) {
  if (!crypto.subtle) return {};
  const content = await file.arrayBuffer().catch(() => {
    throw new NotAccepted(`“${file.name}” can't be read. It may have been moved or deleted.`);
  });
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return { sha256: Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("") };
}

/** @param {XMLHttpRequest} request */
function failureMessage({ status, responseText }) {
  const code = new RegExp("<Code>(\\w+)</Code>").exec(responseText)?.[1];
  switch (code) {
    case "EntityTooLarge":
      return "The file is larger than declared or larger than the limit.";
    case "AccessDenied":
    case "ExpiredToken":
      return "The permission to upload has expired. It is valid for five minutes.";
    default:
      return `The file storage rejected the upload (${code ?? status}).`;
  }
}
