// @ts-check
/** The API's images: what the page reads of them and does with them. */

import { send } from "./api.js";
import { Sayable } from "./problem.js";
import { call } from "./session.js";

/** @typedef {"awaiting_upload" | "queued" | "analyzing" | "analyzed" | "failed"} Status */
/** @typedef {{passed: number, failed: number, cantTell: number}} Counts */
/** @typedef {{url: string, expires_at: string}} Address */
/**
 * @typedef {object} ImageRecord
 * @property {string} id
 * @property {string} name
 * @property {string} content_type
 * @property {number} size bytes
 * @property {number | null} scale
 * @property {Status} status
 * @property {Partial<Record<Status, string>>} status_times
 * @property {{code: string, detail: string} | null} failure
 * @property {{accessibility: Counts | null, colors: number | null, width: number, height: number} | null} summary
 * @property {Address | null} picture
 * @property {Record<string, Address> | null} views
 */
/** @typedef {{url: string, fields: Record<string, string>}} UploadForm */

/**
 * @param {{name: string, content_type: string, size: number, scale?: number, sha256?: string}} description
 * @returns {Promise<ImageRecord & {upload: UploadForm}>}
 */
export async function create(description) {
  return (await call("POST", "images", { body: description })).json();
}

/**
 * @param {string | null} cursor where the page before ended
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
 * @param {"accessibility" | "tokens"} name
 * @param {AbortSignal} signal
 */
export async function result(id, name, signal) {
  return (await call("GET", `${pathOf(id)}/${name}`, { signal })).json();
}

/**
 * @param {string} id
 * @param {"accessibility" | "tokens"} name
 * @param {string} format
 * @param {AbortSignal} signal
 * @returns {Promise<Blob>} a result in another format than the page's own
 */
export async function file(id, name, format, signal) {
  const path = `${pathOf(id)}/${name}?${new URLSearchParams({ format })}`;
  return (await call("GET", path, { accept: "*/*", signal })).blob();
}

/**
 * @param {string} id
 * @param {string} name
 * @param {AbortSignal} signal
 * @returns {Promise<Blob>} a view of the picture
 */
export async function view(id, name, signal) {
  const { views } = await get(id, signal); // anew, for addresses are valid for minutes only
  const address = views?.[name];
  if (!address) throw new Sayable("The picture can't be shown like that.");
  return (await send("GET", address.url, { accept: "image/png", signal })).blob();
}

/** @param {ImageRecord} record */
export function isSettled({ status }) {
  return status === "analyzed" || status === "failed";
}

/** @param {string} id */
function pathOf(id) {
  return `images/${encodeURIComponent(id)}`;
}
