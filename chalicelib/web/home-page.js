// @ts-check
/** Where a picture comes in, and the list of the earlier ones. */

import { announce } from "./announce.js";
import { badge } from "./badge.js";
import { confirm } from "./confirm.js";
import { element } from "./dom.js";
import * as format from "./format.js";
import * as images from "./images.js";
import { FORMATS, listen, onlyPicture, sample, SAMPLE_SCALE } from "./intake.js";
import * as notice from "./notice.js";
import { OUTCOMES, WORDS } from "./outcomes.js";

/** @typedef {images.ImageRecord} ImageRecord */

/** @type {Record<images.Status, string>} */
const STATUS = {
  awaiting_upload: "Not uploaded",
  queued: "Queued",
  analyzing: "Analyzing",
  analyzed: "Analyzed",
  failed: "Failed",
};
const SCALES = [1, 1.5, 2, 3, 4];

/** @param {{send: import("./intake.js").Send, signal: AbortSignal}} setting */
export function homePage({ send, signal }) {
  return element(
    "div",
    { class: "home-page" },
    element("h1", { class: "unseen", tabindex: -1 }, "Your pictures"),
    intakeCard(send, signal),
    earlierPictures(signal),
  );
}

/**
 * @param {import("./intake.js").Send} send
 * @param {AbortSignal} signal
 */
function intakeCard(send, signal) {
  const scale = element(
    "select",
    { id: "scale", "aria-describedby": "scale-hint" },
    element("option", { value: "" }, "Automatic"),
    ...SCALES.map((value) => element("option", { value }, `${value}×`)),
  );
  const input = element("input", { type: "file", accept: [...FORMATS.keys()].join(","), hidden: true });
  input.addEventListener("change", () => take(async () => onlyPicture(input.files ?? [])));
  const choose = element("button", { type: "button", class: "button primary", click: () => input.click() }, "Choose a picture");
  const trySample = element("button", { type: "button", class: "button", click: () => take(sample, SAMPLE_SCALE) }, "Try a sample");
  listen((files) => take(async () => onlyPicture(files)), signal);

  /**
   * @param {() => Promise<File>} fetchFile
   * @param {number | null} [knownScale]
   */
  async function take(fetchFile, knownScale = null) {
    notice.clear();
    choose.disabled = trySample.disabled = true;
    try {
      await send(await fetchFile(), scale.value === "" ? knownScale : Number(scale.value));
    } catch (error) {
      notice.tellError(error);
    } finally {
      choose.disabled = trySample.disabled = false;
      input.value = ""; // so that the same file can be chosen again
    }
  }

  return element(
    "section",
    { class: "panel intake", "aria-labelledby": "intake-heading" },
    element("h2", { id: "intake-heading" }, "Analyze a screenshot"),
    element(
      "div",
      { class: "drop-zone" },
      element("p", {}, "Drop or paste a picture here, or"),
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
      "How many pixels of the picture make one CSS pixel. Automatic goes by the file's name (card@2x.png) and density.",
    ),
  );
}

/** @param {AbortSignal} signal */
function earlierPictures(signal) {
  const list = element("ul", { class: "pictures" });
  const empty = element("p", { class: "quiet no-pictures", hidden: true }, "None yet. A picture that you upload stays here until you delete it.");
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
      notice.tellError(error);
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
      consequence: "The picture and its results are deleted for good.",
      action: "Delete",
    });
    if (!sure) return;
    try {
      await images.remove(record.id);
      const neighbor = item.nextElementSibling ?? item.previousElementSibling;
      item.remove();
      empty.hidden = list.childElementCount > 0;
      (neighbor?.querySelector("a") ?? heading).focus();
      announce(`${record.name} is deleted.`);
    } catch (error) {
      notice.tellError(error);
    }
  }

  const heading = element("h2", { id: "pictures-heading", tabindex: -1 }, "Earlier pictures");
  return element("section", { class: "panel", "aria-labelledby": "pictures-heading" }, heading, list, empty, more);
}

/**
 * @param {ImageRecord} record
 * @param {(record: ImageRecord, item: HTMLElement) => Promise<void>} remove
 */
function row(record, remove) {
  const uploaded = record.status_times.awaiting_upload;
  const item = element(
    "li",
    { class: "picture-row" },
    element("a", { href: `#/images/${record.id}`, class: "picture-name" }, record.name),
    element("span", { class: "picture-outcome" }, ...outcomeOf(record)),
    uploaded ? element("time", { class: "quiet picture-time", datetime: uploaded }, format.when(uploaded)) : null,
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
