// @ts-check
/** How far an image is on its way, step by step. */

import { element } from "./dom.js";
import * as format from "./format.js";

/** @typedef {import("./images.js").ImageRecord} ImageRecord */

/** @type {{status: import("./images.js").Status, now: string, done: string}[]} */
const STEPS = [
  { status: "awaiting_upload", now: "Uploading", done: "Uploaded" },
  { status: "queued", now: "Waiting for its turn", done: "Queued" },
  { status: "analyzing", now: "Finding text and colors", done: "Analyzed" },
];

/**
 * @param {ImageRecord} record
 * @returns {string}
 */
export function stepNow({ status }) {
  return STEPS.find((step) => step.status === status)?.now ?? "";
}

/**
 * @param {ImageRecord} record
 * @param {HTMLElement | null} uploadProgress shown while the file is on its way
 */
export function steps(record, uploadProgress) {
  const reached = STEPS.findIndex(({ status }) => status === record.status);
  return element(
    "ol",
    { class: "steps", "aria-label": "Progress" },
    ...STEPS.map(({ status, now, done }, index) => {
      const state = index < reached ? "done" : index === reached ? "now" : "later";
      const time = record.status_times[status];
      return element(
        "li",
        { class: `step step-${state}`, "aria-current": state === "now" ? "step" : null },
        element("span", { class: "step-name" }, state === "done" ? done : now),
        state === "later" || !time ? null : element("time", { class: "quiet", datetime: time }, format.clock(time)),
        state === "now" && status === "awaiting_upload" ? uploadProgress : null,
      );
    }),
  );
}
