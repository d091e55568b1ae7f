// @ts-check
/** The results of an image: picture, findings and colors, held together by one selection. */

import { announce } from "./announce.js";
import { element } from "./dom.js";
import { download, resultName } from "./download.js";
import { findingDetail } from "./finding-detail.js";
import { findingList, outcomeFilter } from "./finding-list.js";
import { arrange } from "./findings.js";
import * as format from "./format.js";
import * as images from "./images.js";
import { isAborted, sentence } from "./problem.js";
import { Selection } from "./selection.js";
import { stage } from "./stage.js";
import { observedColors, swatches } from "./swatches.js";

/** @typedef {import("./findings.js").Finding} Finding */

/**
 * @param {images.ImageRecord} record
 * @param {AbortSignal} signal
 */
export async function resultView(record, signal) {
  const [picture, accessibility, tokens] = await Promise.all([
    load(record),
    part(images.result(record.id, "accessibility", signal)),
    part(images.result(record.id, "tokens", signal)),
  ]);
  return element(
    "div",
    { class: "result" },
    ...(accessibility.content ? findingsPart(accessibility.content, picture, record) : [lost("Text contrast", accessibility.why)]),
    tokens.content ? colorsPart(tokens.content, record) : lost("Colors", tokens.why),
  );
}

/**
 * One result missing doesn't keep the other from being shown.
 *
 * @param {Promise<any>} result
 */
async function part(result) {
  try {
    return { content: await result, why: "" };
  } catch (error) {
    if (isAborted(error)) throw error;
    return { content: null, why: sentence(error) };
  }
}

/**
 * @param {string} heading
 * @param {string} why
 */
function lost(heading, why) {
  return element("section", { class: "panel" }, element("h2", {}, heading), element("p", { class: "notice error" }, why));
}

/** @param {images.ImageRecord} record */
async function load(record) {
  const picture = element("img", { class: "picture", alt: `The picture ${record.name}`, src: record.picture?.url });
  try {
    await picture.decode();
  } catch {
    picture.alt = "The picture itself can't be shown now; its findings can."; // takes the picture's place
  }
  return picture;
}

/**
 * @param {any} report
 * @param {HTMLImageElement} picture
 * @param {images.ImageRecord} record
 */
function findingsPart(report, picture, record) {
  const findings = arrange(report.checks);
  const { scale } = report.image;
  const selection = new Selection();
  const onSelect = (/** @type {Finding} */ finding) => selection.select(finding);
  const list = findingList({ picture, scale, onSelect, onActivate: () => onPicture.listbox.focus() });
  const onPicture = stage({ picture, size: report.image, onSelect, onActivate: () => list.listbox.focus() });
  const detail = element("div", { class: "finding-detail" });
  const filter = outcomeFilter({ findings, onFilter: (outcomes) => show(outcomes) });

  selection.addEventListener("change", () => {
    list.listbox.show(selection.finding);
    onPicture.listbox.show(selection.finding);
    detail.replaceChildren(findingDetail(selection.finding, picture, scale));
  });

  /** @param {Set<import("./findings.js").Outcome>} outcomes */
  function show(outcomes) {
    const shown = findings.filter(({ outcome }) => outcomes.has(outcome));
    const kept = selection.finding !== null && shown.includes(selection.finding) ? selection.finding : (shown[0] ?? null);
    list.show(shown, findings.length === 0 ? "No text was found in the picture." : "Nothing of the kind chosen above.");
    onPicture.show(shown);
    selection.select(null);
    selection.select(kept);
    detail.hidden = kept === null;
    announce(`${format.counted(shown.length, "finding")} shown.`);
  }
  show(filter.shown);

  const inspector = element(
    "section",
    { class: "panel inspector", "aria-labelledby": "findings-heading" },
    element(
      "div",
      { class: "panel-head" },
      element("h2", { id: "findings-heading" }, "Text contrast"),
      downloadButton("Report", () => download(report, resultName(record.name, "accessibility.json"), "application/json")),
    ),
    filter.element,
    list.element,
    detail,
    notes(report.image),
  );
  return [onPicture.element, inspector];
}

/** @param {{scale: number, scale_source: string, notes?: string[]}} image */
function notes({ scale, scale_source, notes = [] }) {
  const assumed = scale_source === "assumed" ? [`Nothing says the picture's scale: ${scale}× was assumed.`] : [];
  const all = [...assumed, ...notes];
  return all.length > 0 ? element("ul", { class: "notes" }, ...all.map((note) => element("li", {}, note))) : null;
}

/**
 * @param {any} tokens
 * @param {images.ImageRecord} record
 */
function colorsPart(tokens, record) {
  const colors = observedColors(tokens);
  return element(
    "section",
    { class: "panel colors", "aria-labelledby": "colors-heading" },
    element(
      "div",
      { class: "panel-head" },
      element("h2", { id: "colors-heading" }, "Colors"),
      downloadButton("Tokens", () => download(tokens, resultName(record.name, "tokens.json"), "application/design-tokens+json")),
    ),
    swatches(colors),
  );
}

/**
 * @param {string} what
 * @param {() => void} click
 */
function downloadButton(what, click) {
  return element(
    "button",
    { type: "button", class: "button small", "aria-label": `Download ${what.toLowerCase()} as JSON`, click },
    `${what} JSON`,
  );
}
