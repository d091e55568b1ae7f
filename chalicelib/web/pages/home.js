/** The home page: upload of a screenshot, and the list of earlier ones. */

import { element } from "../lib/dom.js";
import * as format from "../lib/format.js";
import { FORMATS, listen, onlyImage, sample, SAMPLE_SCALE } from "../lib/image-sources.js";
import * as images from "../lib/images.js";
import * as notice from "../lib/notice.js";
import { badge, OUTCOMES, WORDS } from "../lib/outcomes.js";
import { confirm } from "../parts/confirm.js";

/** @typedef {images.ImageRecord} ImageRecord */

/** @type {Record<images.ImageStatus, string>} */
const STATUS = {
  awaiting_upload: "Not uploaded",
  queued: "Queued",
  analyzing: "Analyzing",
  analyzed: "Analyzed",
  failed: "Failed",
};
const SCALES = [1, 1.5, 2, 3, 4];

/** @param {{upload: import("../lib/image-sources.js").Upload, signal: AbortSignal}} setting */
export function homePage({ upload, signal }) {
  return element(
    "div",
    { class: "home-page" },
    element("h1", { class: "unseen", tabindex: -1 }, "Your screenshots"),
    uploadCard(upload, signal),
    earlierImages(signal),
  );
}

/**
 * @param {import("../lib/image-sources.js").Upload} upload
 * @param {AbortSignal} signal
 */
function uploadCard(upload, signal) {
  const scale = element(
    "select",
    { id: "scale", "aria-describedby": "scale-hint" },
    element("option", { value: "" }, "Automatic"),
    ...SCALES.map((value) => element("option", { value }, `${value}×`)),
  );
  const input = element("input", { type: "file", accept: [...FORMATS.keys(), ".jfif"].join(","), hidden: true });
  input.addEventListener("change", () => take(async () => onlyImage(input.files ?? [])));
  const choose = element("button", { type: "button", class: "button primary", click: () => input.click() }, "Choose a file");
  const trySample = element("button", { type: "button", class: "button", click: () => take(sample, SAMPLE_SCALE) }, "Try a sample");
  listen((files) => take(async () => onlyImage(files)), signal);

  /**
   * @param {() => Promise<File>} fetchFile
   * @param {number | null} [knownScale]
   */
  async function take(fetchFile, knownScale = null) {
    notice.clear();
    choose.disabled = trySample.disabled = true;
    try {
      await upload(await fetchFile(), scale.value === "" ? knownScale : Number(scale.value));
    } catch (error) {
      notice.showError(error);
    } finally {
      choose.disabled = trySample.disabled = false;
      input.value = ""; // allows the same file to be chosen again
    }
  }

  return element(
    "section",
    { class: "panel upload", "aria-labelledby": "upload-heading" },
    element("h2", { id: "upload-heading" }, "Analyze a screenshot"),
    element(
      "div",
      { class: "drop-zone" },
      element("p", {}, "Drop or paste a screenshot here, or"),
      element("div", { class: "actions" }, choose, trySample),
      input,
      element("p", { class: "quiet" }, `${[...FORMATS.values()].join(", ")} up to 20 MB`),
    ),
    element(
      "p",
      { class: "field-row" },
      element("label", { for: "scale" }, "Scale"),
      scale,
    ),
    element(
      "p",
      { id: "scale-hint", class: "quiet scale-hint" },
      "Device pixels per CSS pixel. “Automatic” reads the scale from the file name (card@2x.png) or the pixel density, or estimates it.",
    ),
  );
}

/** @param {AbortSignal} signal */
function earlierImages(signal) {
  const list = element("ul", { class: "images" });
  const empty = element("p", { class: "quiet no-images", hidden: true }, "No screenshots yet. A screenshot that you upload stays here until you delete it.");
  const more = element("button", { type: "button", class: "button", hidden: true }, "Show more");
  /** @type {string | null} */
  let next = null;
  more.addEventListener("click", load);
  load();

  async function load() {
    more.disabled = true;
    try {
      const page = await images.list(next, signal);
      const rows = page.items.map((record) => row(record, remove));
      list.append(...rows);
      if (next !== null) rows[0]?.querySelector("a")?.focus();
      next = page.next;
      empty.hidden = list.childElementCount > 0;
    } catch (error) {
      notice.showError(error);
    } finally {
      more.disabled = false;
      more.hidden = next === null;
    }
  }

  /**
   * @param {ImageRecord} record
   * @param {HTMLElement} item
   */
  async function remove(record, item) {
    const sure = await confirm({
      question: `Delete “${record.name}”?`,
      consequence: "The screenshot and its results are permanently deleted.",
      action: "Delete",
    });
    if (!sure) return;
    try {
      await images.remove(record.id);
      const neighbor = item.nextElementSibling ?? item.previousElementSibling;
      item.remove();
      empty.hidden = list.childElementCount > 0;
      (neighbor?.querySelector("a") ?? heading).focus();
      notice.announce(`Deleted ${record.name}.`);
    } catch (error) {
      notice.showError(error);
    }
  }

  const heading = element("h2", { id: "images-heading", tabindex: -1 }, "Earlier screenshots");
  return element("section", { class: "panel", "aria-labelledby": "images-heading" }, heading, list, empty, more);
}

/**
 * @param {ImageRecord} record
 * @param {(record: ImageRecord, item: HTMLElement) => Promise<void>} remove
 */
function row(record, remove) {
  const uploaded = record.status_times.awaiting_upload;
  const item = element(
    "li",
    { class: "image-row" },
    element("a", { href: `#/images/${record.id}`, class: "image-name" }, record.name),
    element("span", { class: "image-outcome" }, ...outcomeOf(record)),
    uploaded ? element("time", { class: "quiet image-time", datetime: uploaded }, format.when(uploaded)) : null,
    element(
      "button",
      { type: "button", class: "button small", "aria-label": `Delete ${record.name}`, click: () => remove(record, item) },
      "Delete",
    ),
  );
  return item;
}

/** @param {ImageRecord} record */
function outcomeOf({ status, summary, failure }) {
  if (status === "failed") return [element("span", { class: "status status-failed" }, STATUS.failed), ` ${failure?.detail ?? ""}`];
  const counts = summary?.accessibility;
  if (status !== "analyzed" || !counts) return [element("span", { class: "status" }, STATUS[status])];
  return OUTCOMES.map((outcome) =>
    element(
      "span",
      { class: "tally" },
      badge(outcome, WORDS[outcome].sign),
      `${counts[outcome]} `,
      element("span", { class: "tally-label" }, WORDS[outcome].label.toLowerCase()),
    ),
  );
}
