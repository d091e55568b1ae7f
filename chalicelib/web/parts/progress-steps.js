/** The progress of an image from upload to result. */

import { element } from "../lib/dom.js";
import * as format from "../lib/format.js";

/** @typedef {import("../lib/images.js").ImageRecord} ImageRecord */

/** @type {{status: import("../lib/images.js").ImageStatus, now: string, done: string}[]} */
const STEPS = [
  { status: "awaiting_upload", now: "Uploading", done: "Uploaded" },
  { status: "queued", now: "Waiting in the queue", done: "Queued" },
  { status: "analyzing", now: "Finding text and colors", done: "Analyzed" },
];

/**
 * Return the name of the current step.
 *
 * @param {ImageRecord} record
 */
export function currentStep({ status }) {
  return STEPS.find((step) => step.status === status)?.now ?? "";
}

/**
 * @param {ImageRecord} record
 * @param {HTMLElement | null} uploadProgress shown during the upload
 */
export function progressSteps(record, uploadProgress) {
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
