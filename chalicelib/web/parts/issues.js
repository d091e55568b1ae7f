/** The accessibility report: summary, screenshot, list and details, with one shared selection. */

import { element } from "../lib/dom.js";
import * as format from "../lib/format.js";
import { announce } from "../lib/notice.js";
import { countPlaces } from "../lib/report.js";
import { Selection } from "../lib/selection.js";
import { colorVision } from "./color-vision.js";
import { reportMenu } from "./download-menu.js";
import { imageViewer } from "./image-viewer.js";
import { issueDetail } from "./issue-detail.js";
import { issueFilter } from "./issue-filter.js";
import { issueList } from "./issue-list.js";
import { summaryPart } from "./summary.js";

/** @typedef {import("../lib/report.js").Entry} Entry */
/** @typedef {import("../lib/report.js").Report} Report */

/**
 * @param {Report} report
 * @param {HTMLImageElement} image
 * @param {import("../lib/images.js").ImageRecord} record
 * @param {AbortSignal} signal
 * @returns {HTMLElement[]}
 */
export function issuesPart(report, image, record, signal) {
  const { scale } = report.image;
  const selection = new Selection();
  const list = issueList({ image, scale, selection, onActivate: () => viewer.listbox.focus() });
  const viewer = imageViewer({
    image,
    size: report.image,
    selection,
    onActivate: () => list.listbox.focus(),
    colorVision: colorVision(image, record, signal),
  });
  const detail = issueDetail({ image, scale, selection });
  const filter = issueFilter(report, (entries) => announce(`${show(entries)} shown.`));
  const heading = element("h2", { id: "issues-heading" });

  /** @param {Entry[]} entries */
  function show(entries) {
    list.show(entries, report.checks.length === 0 ? "Nothing in the screenshot can be checked." : "No results for this level and these outcomes.");
    viewer.show(entries);
    selection.offer(entries);
    const issues = entries.filter(({ outcome }) => outcome !== "passed").length;
    heading.textContent = format.counted(issues, "issue");
    return counted(entries);
  }
  show(filter.shown());

  const panel = element(
    "section",
    { class: "panel issues-panel", "aria-labelledby": "issues-heading" },
    element("div", { class: "panel-head" }, heading, filter.levels),
    filter.outcomes,
    list.element,
  );
  const summary = summaryPart(report, reportMenu(record, report, signal));
  const inspector = element("div", { class: "inspector" }, panel, detail);
  return [summary, element("div", { class: "inspection" }, viewer.element, ...notes(report.image), inspector)];
}

/** @param {Entry[]} entries */
function counted(entries) {
  const { failed, cantTell, passed } = countPlaces(entries);
  const issues = entries.filter(({ outcome }) => outcome !== "passed").length;
  return [`${format.counted(issues, "issue")} in ${format.counted(failed + cantTell, "place")}`, passed > 0 && `${passed} passed`]
    .filter(Boolean)
    .join(", ");
}

/** @param {Report["image"]} image */
function notes({ scale, scale_source, scale_confidence, scale_interval, notes = [] }) {
  /** @type {Record<string, string>} */
  const unspecified = {
    assumed: `The scale of the screenshot is unknown. ${scale}× was assumed.`,
    estimated: `The scale was estimated from the size of the text: ${scale}×, with ${format.truncatedPercent(scale_confidence)} confidence.`,
  };
  const unsaid = scale_source in unspecified && !scale_interval; // later results say it in a note
  const all = [...(unsaid ? [unspecified[scale_source]] : []), ...notes];
  return all.length > 0 ? [element("ul", { class: "notes quiet", "aria-label": "Notes on the screenshot" }, ...all.map((note) => element("li", {}, note)))] : [];
}
