// @ts-check
/** The accessibility report on the page: summary, picture, list and details, held together by one selection. */

import { announce } from "./announce.js";
import { colorVision } from "./color-vision.js";
import { element } from "./dom.js";
import * as format from "./format.js";
import { issueDetail } from "./issue-detail.js";
import { issueFilter } from "./issue-filter.js";
import { issueList } from "./issue-list.js";
import { placesBy } from "./report.js";
import { reportMenu } from "./report-menu.js";
import { Selection } from "./selection.js";
import { stage } from "./stage.js";
import { summaryStrip } from "./summary-strip.js";

/** @typedef {import("./report.js").Entry} Entry */
/** @typedef {import("./report.js").Report} Report */

/**
 * @param {Report} report
 * @param {HTMLImageElement} picture
 * @param {import("./images.js").ImageRecord} record
 * @param {AbortSignal} signal
 * @returns {HTMLElement[]}
 */
export function issuesPart(report, picture, record, signal) {
  const { scale } = report.image;
  const selection = new Selection();
  const list = issueList({ picture, scale, selection, onActivate: () => onPicture.listbox.focus() });
  const onPicture = stage({
    picture,
    size: report.image,
    selection,
    onActivate: () => list.listbox.focus(),
    colorVision: colorVision(picture, record, signal),
  });
  const detail = issueDetail({ picture, scale, selection });
  const filter = issueFilter(report, (entries) => announce(`${show(entries)} shown.`));
  const heading = element("h2", { id: "issues-heading" });

  /** @param {Entry[]} entries */
  function show(entries) {
    list.show(entries, report.checks.length === 0 ? "Nothing was found in the picture that can be checked." : "Nothing of the kind chosen above.");
    onPicture.show(entries);
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
  const summary = summaryStrip(report, reportMenu(record, report, signal));
  const inspector = element("div", { class: "inspector" }, panel, detail);
  return [summary, element("div", { class: "inspection" }, onPicture.element, ...notes(report.image), inspector)];
}

/** @param {Entry[]} entries */
function counted(entries) {
  const { failed, cantTell, passed } = placesBy(entries);
  const issues = entries.filter(({ outcome }) => outcome !== "passed").length;
  return [`${format.counted(issues, "issue")} in ${format.counted(failed + cantTell, "place")}`, passed > 0 && `${passed} passed`]
    .filter(Boolean)
    .join(", ");
}

/** @param {Report["image"]} image */
function notes({ scale, scale_source, scale_confidence, notes = [] }) {
  /** @type {Record<string, string>} */
  const unstated = {
    assumed: `Nothing says the picture's scale: ${scale}× was assumed.`,
    estimated: `Nothing says the picture's scale: ${scale}× by the size of its text, ${format.passing(scale_confidence)} sure.`,
  };
  const all = [...(scale_source in unstated ? [unstated[scale_source]] : []), ...notes];
  return all.length > 0 ? [element("ul", { class: "notes quiet", "aria-label": "Notes on the picture" }, ...all.map((note) => element("li", {}, note)))] : [];
}
