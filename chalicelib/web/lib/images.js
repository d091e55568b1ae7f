/** The images of the API: reading, creating and deleting them. */

import { send } from "./api.js";
import { UserError } from "./problem.js";
import { call } from "./session.js";

/** @typedef {"awaiting_upload" | "queued" | "analyzing" | "analyzed" | "failed"} ImageStatus */
/** @typedef {{passed: number, failed: number, cantTell: number}} Counts */
/** @typedef {{url: string, expires_at: string}} SignedUrl */
/**
 * @typedef {object} ImageRecord
 * @property {string} id
 * @property {string} name
 * @property {string} content_type
 * @property {number} size bytes
 * @property {number | null} scale
 * @property {ImageStatus} status
 * @property {Partial<Record<ImageStatus, string>>} status_times
 * @property {{code: string, detail: string} | null} failure
 * @property {{accessibility: Counts | null, colors: number | null, width: number, height: number} | null} summary
 * @property {SignedUrl | null} picture
 * @property {Record<string, SignedUrl> | null} views
 */
/** @typedef {{url: string, fields: Record<string, string>}} UploadForm */
/** @typedef {{$value: {hex: string}, $extensions?: Record<string, {areaShare?: number}>}} ColorToken */
/** @typedef {{color?: {observed?: Record<string, ColorToken>}}} Tokens the part of the DTCG document that the page reads */

/**
 * @param {{name: string, content_type: string, size: number, scale?: number, sha256?: string}} description
 * @returns {Promise<ImageRecord & {upload: UploadForm}>}
 */
export async function create(description) {
  return (await call("POST", "images", { body: description })).json();
}

/**
 * @param {string | null} cursor the `next` of the previous page, or null for the first
 * @param {AbortSignal} signal
 * @returns {Promise<{items: ImageRecord[], next: string | null}>}
 */
export async function list(cursor, signal) {
  const query = cursor === null ? "" : `?${new URLSearchParams({ cursor })}`;
  return (await call("GET", `images${query}`, { signal })).json();
}

/**
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {Promise<ImageRecord>}
 */
export async function get(id, signal) {
  return (await call("GET", pathOf(id), { signal })).json();
}

/** @param {string} id */
export async function remove(id) {
  await call("DELETE", pathOf(id));
}

/**
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {Promise<import("./report.js").Report>}
 */
export async function accessibility(id, signal) {
  return (await call("GET", `${pathOf(id)}/accessibility`, { signal })).json();
}

/**
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {Promise<Tokens>}
 */
export async function tokens(id, signal) {
  return (await call("GET", `${pathOf(id)}/tokens`, { signal })).json();
}

/**
 * @param {string} id
 * @param {"accessibility" | "tokens"} name
 * @param {string} format
 * @param {AbortSignal} signal
 * @returns {Promise<Blob>} a result in a format other than the native one
 */
export async function resultFile(id, name, format, signal) {
  const path = `${pathOf(id)}/${name}?${new URLSearchParams({ format })}`;
  return (await call("GET", path, { accept: "*/*", signal })).blob();
}

/**
 * @param {string} id
 * @param {string} name
 * @param {AbortSignal} signal
 * @returns {Promise<Blob>} a view of the image
 */
export async function view(id, name, signal) {
  const { views } = await get(id, signal); // read again, as URLs are valid for minutes only
  const signed = views?.[name];
  if (!signed) throw new UserError("This view of the screenshot is not available.");
  return (await send("GET", signed.url, { accept: "image/png", signal })).blob();
}

/**
 * Whether the analysis has ended, with a result or a failure.
 *
 * @param {ImageRecord} record
 */
export function isSettled({ status }) {
  return status === "analyzed" || status === "failed";
}

/** @param {string} id */
function pathOf(id) {
  return `images/${encodeURIComponent(id)}`;
}
