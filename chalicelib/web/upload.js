// @ts-check
/** Sends a file to the object store: asks the API for a form, posts the file with it. */

import * as images from "./images.js";
import { NotAccepted, UploadRefused } from "./problem.js";

/** @typedef {import("./images.js").ImageRecord} ImageRecord */

/** A file on its way. Dispatches `progress`, then `sent` or `broken`. */
export class Upload extends EventTarget {
  /** 0 to 1 */
  progress = 0;
  /** @type {UploadRefused | null} */
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
    this.request = new XMLHttpRequest(); // fetch tells nothing of an upload's progress
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
      else this.#end("broken", new UploadRefused(refusal(request)));
    });
    request.addEventListener("error", () => {
      this.#end("broken", new UploadRefused("The connection broke before the whole file was sent."));
    });
    request.open("POST", url);
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append("file", this.file); // last: the object store ignores whatever follows the file
    request.send(body);
  }

  /**
   * @param {"sent" | "broken"} name
   * @param {UploadRefused | null} error
   */
  #end(name, error) {
    this.error = error;
    this.dispatchEvent(new Event(name));
  }
}

/** @type {Map<string, Upload>} those of this visit, by image id */
const uploads = new Map();

/**
 * @param {File} file
 * @param {number | null} scale device pixels a CSS pixel; null leaves it to the server to find out
 * @returns {Promise<ImageRecord>}
 */
export async function start(file, scale) {
  const record = await images.create({
    name: file.name,
    content_type: file.type,
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

/**
 * The file's digest, by which the server sees that it got these very bytes. Browsers compute it on secure origins only.
 *
 * @param {File} file
 */
async function digest(file) {
  if (!crypto.subtle) return {};
  const content = await file.arrayBuffer().catch(() => {
    throw new NotAccepted(`“${file.name}” can't be read. Was it moved or deleted?`);
  });
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return { sha256: Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("") };
}

/** @param {XMLHttpRequest} request */
function refusal({ status, responseText }) {
  const code = new RegExp("<Code>(\\w+)</Code>").exec(responseText)?.[1];
  switch (code) {
    case "EntityTooLarge":
      return "The file is larger than what was announced or allowed.";
    case "AccessDenied":
    case "ExpiredToken":
      return "The permission to upload ran out: it lasts five minutes.";
    default:
      return `The file store refused the file (${code ?? status}).`;
  }
}
