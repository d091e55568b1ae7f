/** The page of one image: progress of the analysis, then its result or failure. */

import { element } from "../lib/dom.js";
import * as format from "../lib/format.js";
import { listen, onlyImage } from "../lib/image-sources.js";
import * as images from "../lib/images.js";
import * as notice from "../lib/notice.js";
import { isAborted } from "../lib/problem.js";
import * as uploads from "../lib/upload.js";
import { watchImage } from "../lib/watch-image.js";
import { confirm } from "../parts/confirm.js";
import { currentStep, progressSteps } from "../parts/progress-steps.js";
import { resultView } from "../parts/result.js";

/** @typedef {images.ImageRecord} ImageRecord */

/** What the person can do about a failure, by the failure's code. */
const ADVICE = new Map([
  ["image_corrupt", "Open the file in an image viewer. If it opens, save it again as PNG and upload the new file."],
  ["image_too_large", "Upload a smaller image: crop it to the relevant part, or export it at a lower scale."],
  ["format_unsupported", "Save the image as PNG, JPEG, WebP, GIF or AVIF and upload the new file."],
  ["checksum_mismatch", "The file was changed during the upload. Upload it again."],
  ["analysis_crashed", "This is an error in Janus, not in your file. Upload it again. If the analysis fails again, send the file to the operator of this service."],
]);

/**
 * @param {string} id
 * @param {{goHome: () => void, upload: import("../lib/image-sources.js").Upload, signal: AbortSignal}} setting
 */
export function imagePage(id, { goHome, upload, signal }) {
  const heading = element("h1", { tabindex: -1 }, "Screenshot");
  const facts = element("p", { class: "quiet facts-line" });
  const content = element("div", { class: "content" }, element("p", { class: "quiet" }, "Loading…"));
  const deleteButton = element("button", { type: "button", class: "button small", hidden: true }, "Delete");
  deleteButton.addEventListener("click", () => remove());

  /** @type {ImageRecord | null} */
  let shown = null;
  follow().catch(fail);
  listen((files) => openAnother(files), signal);

  return element(
    "div",
    { class: "image-page" },
    element(
      "header",
      { class: "page-head" },
      element("a", { href: "#/", class: "back" }, element("span", { "aria-hidden": "true" }, "← "), "All screenshots"),
      element("div", { class: "title" }, heading, facts),
      deleteButton,
    ),
    content,
  );

  async function follow() {
    let unreachable = false;
    await watchImage(id, {
      onRecord: (record) => {
        if (unreachable) notice.clear();
        unreachable = false;
        if (record.status !== shown?.status) show(record);
      },
      onUnreachable: (error) => {
        unreachable = true;
        notice.show(`${error.message} This page keeps checking.`);
      },
      signal,
    });
  }

  /** @param {ImageRecord} record */
  function show(record) {
    shown = record;
    heading.textContent = record.name;
    document.title = `${record.name}: Janus`;
    facts.textContent = factsOf(record);
    deleteButton.hidden = false;
    switch (record.status) {
      case "analyzed":
        showResult(record).catch(fail);
        break;
      case "failed":
        content.replaceChildren(failure(record));
        notice.announce(`${record.name} could not be analyzed.`);
        break;
      default:
        content.replaceChildren(progressOf(record));
        notice.announce(currentStep(record));
    }
  }

  /** @param {ImageRecord} record */
  async function showResult(record) {
    const view = await resultView(record, signal);
    if (signal.aborted) return;
    content.replaceChildren(view);
    notice.announce(`The analysis of ${record.name} is complete.`);
  }

  /** @param {ImageRecord} record */
  function progressOf(record) {
    if (record.status !== "awaiting_upload") return element("div", { class: "panel progress" }, progressSteps(record, null));
    const sending = uploads.uploadOf(record.id);
    if (!sending) {
      return message(
        "This screenshot has not been uploaded.",
        "The upload was canceled, or is still running in another tab or on another device. If it was canceled, delete this entry and upload the screenshot again.",
      );
    }
    const bar = element("progress", { max: 1, value: sending.progress, "aria-label": "Upload" });
    const percent = element("span", { class: "quiet" }, "0 %");
    const progress = element("span", { class: "upload-progress" }, bar, percent);
    const retry = element("button", { type: "button", class: "button primary", click: () => retryUpload(sending) }, "Try again");
    retry.hidden = true;

    const draw = () => {
      bar.value = sending.progress;
      percent.textContent = `${Math.round(sending.progress * 100)} %`;
      progress.hidden = sending.error !== null;
      retry.hidden = sending.error === null;
      if (sending.error) notice.showError(sending.error);
    };
    for (const name of ["progress", "failed"]) sending.addEventListener(name, draw, { signal });
    draw();
    return element("div", { class: "panel progress" }, progressSteps(record, progress), retry);
  }

  /** @param {uploads.Upload} failed */
  async function retryUpload(failed) {
    try {
      uploads.cancel(id);
      await images.remove(id);
      await upload(failed.file, failed.scale);
    } catch (error) {
      fail(error);
    }
  }

  /** @param {File[]} files */
  async function openAnother(files) {
    try {
      await upload(onlyImage(files), null);
    } catch (error) {
      fail(error);
    }
  }

  async function remove() {
    const sure = await confirm({
      question: `Delete “${shown?.name}”?`,
      consequence: "The screenshot and its results are permanently deleted.",
      action: "Delete",
    });
    if (!sure) return;
    try {
      uploads.cancel(id);
      await images.remove(id);
      notice.announce(`Deleted ${shown?.name}.`);
      goHome();
    } catch (error) {
      fail(error);
    }
  }

  /** @param {unknown} error */
  function fail(error) {
    if (isAborted(error)) return;
    if (shown === null) content.replaceChildren();
    notice.showError(error);
  }
}

/** @param {ImageRecord} record */
function failure({ failure }) {
  return message(
    failure?.detail ?? "The screenshot could not be analyzed.",
    ADVICE.get(failure?.code ?? "") ?? "Upload the screenshot again.",
  );
}

/**
 * @param {string} heading
 * @param {string} advice
 */
function message(heading, advice) {
  return element(
    "div",
    { class: "panel message-panel" },
    element("h2", {}, heading),
    element("p", {}, advice),
    element("a", { class: "button primary", href: "#/" }, "Upload another screenshot"),
  );
}

/** @param {ImageRecord} record */
function factsOf({ summary, size, content_type, status_times }) {
  const uploaded = status_times.awaiting_upload;
  return [
    summary && `${summary.width} × ${summary.height}`,
    content_type.replace("image/", "").toUpperCase(),
    format.bytes(size),
    uploaded && format.when(uploaded),
  ]
    .filter(Boolean)
    .join(" · ");
}
