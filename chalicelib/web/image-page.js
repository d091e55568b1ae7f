// @ts-check
/** One image: its way to the analysis, then what came of it. */

import { announce } from "./announce.js";
import { confirm } from "./confirm.js";
import { element } from "./dom.js";
import * as format from "./format.js";
import * as images from "./images.js";
import { listen, onlyPicture } from "./intake.js";
import * as notice from "./notice.js";
import { isAborted } from "./problem.js";
import { resultView } from "./result-view.js";
import { stepNow, steps } from "./steps.js";
import * as upload from "./upload.js";
import { watch } from "./watch.js";

/** @typedef {images.ImageRecord} ImageRecord */

/** What the person can do about a failure, by its code. */
const ADVICE = new Map([
  ["image_corrupt", "Open the file in an image viewer. If it shows there, save it anew as PNG and upload that."],
  ["image_too_large", "Upload a smaller picture: cut it to the part that matters, or export it at a lower scale."],
  ["format_unsupported", "Save the picture as PNG, JPEG, WebP, GIF or AVIF and upload that."],
  ["checksum_mismatch", "The file changed on its way. Upload it again."],
  ["analysis_crashed", "This is our fault, not the picture's. Upload it again; if it fails again, send it to those who run this Janus."],
]);

/**
 * @param {string} id
 * @param {{goHome: () => void, send: import("./intake.js").Send, signal: AbortSignal}} setting
 */
export function imagePage(id, { goHome, send, signal }) {
  const heading = element("h1", { tabindex: -1 }, "Picture");
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
      element("a", { href: "#/", class: "back" }, element("span", { "aria-hidden": "true" }, "← "), "All pictures"),
      element("div", { class: "title" }, heading, facts),
      deleteButton,
    ),
    content,
  );

  async function follow() {
    let unreachable = false;
    await watch(id, {
      onRecord: (record) => {
        if (unreachable) notice.clear();
        unreachable = false;
        if (record.status !== shown?.status) show(record);
      },
      onUnreachable: (error) => {
        unreachable = true;
        notice.tell(`${error.message} This page goes on looking.`);
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
        announce(`${record.name} could not be analyzed.`);
        break;
      default:
        content.replaceChildren(wayThere(record));
        announce(stepNow(record));
    }
  }

  /** @param {ImageRecord} record */
  async function showResult(record) {
    const view = await resultView(record, signal);
    if (signal.aborted) return;
    content.replaceChildren(view);
    announce(`${record.name} is analyzed.`);
  }

  /** @param {ImageRecord} record */
  function wayThere(record) {
    if (record.status !== "awaiting_upload") return element("div", { class: "panel way" }, steps(record, null));
    const sending = upload.uploadOf(record.id);
    if (!sending) {
      return outcome("This picture has not arrived.", "Its upload was given up or is still on its way from elsewhere. Delete it and upload the picture again.");
    }
    const bar = element("progress", { max: 1, value: sending.progress, "aria-label": "Upload" });
    const percent = element("span", { class: "quiet" }, "0 %");
    const progress = element("span", { class: "upload-progress" }, bar, percent);
    const retry = element("button", { type: "button", class: "button primary", click: () => again(sending) }, "Try again");
    retry.hidden = true;

    const draw = () => {
      bar.value = sending.progress;
      percent.textContent = `${Math.round(sending.progress * 100)} %`;
      progress.hidden = sending.error !== null;
      retry.hidden = sending.error === null;
      if (sending.error) notice.tellError(sending.error);
    };
    for (const name of ["progress", "broken"]) sending.addEventListener(name, draw, { signal });
    draw();
    return element("div", { class: "panel way" }, steps(record, progress), retry);
  }

  /** @param {upload.Upload} broken */
  async function again(broken) {
    try {
      upload.cancel(id);
      await images.remove(id);
      await send(broken.file, broken.scale);
    } catch (error) {
      fail(error);
    }
  }

  /** @param {File[]} files */
  async function openAnother(files) {
    try {
      await send(onlyPicture(files), null);
    } catch (error) {
      fail(error);
    }
  }

  async function remove() {
    const sure = await confirm({
      question: `Delete “${shown?.name}”?`,
      consequence: "The picture and its results are deleted for good.",
      action: "Delete",
    });
    if (!sure) return;
    try {
      upload.cancel(id);
      await images.remove(id);
      announce(`${shown?.name} is deleted.`);
      goHome();
    } catch (error) {
      fail(error);
    }
  }

  /** @param {unknown} error */
  function fail(error) {
    if (isAborted(error)) return;
    if (shown === null) content.replaceChildren();
    notice.tellError(error);
  }
}

/** @param {ImageRecord} record */
function failure({ failure }) {
  return outcome(
    failure?.detail ?? "The picture could not be analyzed.",
    ADVICE.get(failure?.code ?? "") ?? "Upload the picture again.",
  );
}

/**
 * @param {string} what
 * @param {string} advice
 */
function outcome(what, advice) {
  return element(
    "div",
    { class: "panel outcome" },
    element("h2", {}, what),
    element("p", {}, advice),
    element("a", { class: "button primary", href: "#/" }, "Upload another picture"),
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
