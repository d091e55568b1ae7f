// @ts-check
/** The picture, with a mark on each finding, at the size that is asked for. */

import { badge } from "./badge.js";
import { element } from "./dom.js";
import { nameOf } from "./findings.js";
import { Listbox } from "./listbox.js";

/** @typedef {import("./findings.js").Finding} Finding */

const ZOOMS = [
  { label: "Fit", factor: 0 },
  { label: "100 %", factor: 1 },
  { label: "200 %", factor: 2 },
];

/**
 * @param {{
 *   picture: HTMLImageElement,
 *   size: {width: number, height: number, scale: number},
 *   onSelect: (finding: Finding) => void,
 *   onActivate: () => void,
 * }} setting size: the picture's pixels, and how many of them are one CSS pixel
 */
export function stage({ picture, size, onSelect, onActivate }) {
  const marks = element("div", { class: "marks", "aria-label": "Findings on the picture" });
  const canvas = element("div", { class: "canvas" }, picture, marks);
  const viewport = element("div", { class: "viewport", tabindex: 0, role: "group", "aria-label": "Picture" }, canvas);
  const listbox = new Listbox(marks, { scroller: viewport, onSelect, onActivate });

  canvas.style.aspectRatio = `${size.width} / ${size.height}`;
  const zoom = (/** @type {number} */ factor) => {
    const width = size.width / size.scale;
    canvas.style.width = factor === 0 ? `min(100%, ${width}px)` : `${width * factor}px`;
  };
  zoom(0);

  return {
    element: element(
      "div",
      { class: "stage" },
      viewport,
      element(
        "div",
        { class: "stage-foot" },
        element("p", { class: "quiet hint" }, "Arrow keys go through the findings, Enter changes between picture and list."),
        zoomControl(zoom),
      ),
    ),
    listbox,
    /** @param {Finding[]} findings */
    show(findings) {
      marks.hidden = findings.length === 0; // an empty listbox says nothing to nobody
      listbox.fill(findings, (finding) => mark(finding, size));
    },
  };
}

/** @param {(factor: number) => void} zoom */
function zoomControl(zoom) {
  return element(
    "fieldset",
    { class: "segments zoom" },
    element("legend", { class: "unseen" }, "Size of the picture"),
    ...ZOOMS.map(({ label, factor }) =>
      element(
        "label",
        {},
        element("input", { type: "radio", name: "zoom", checked: factor === 0, change: () => zoom(factor) }),
        element("span", {}, label),
      ),
    ),
  );
}

/**
 * Positions are percentages and container units, so that no zoom needs them anew.
 *
 * @param {Finding} finding
 * @param {{width: number, height: number}} size
 */
function mark(finding, size) {
  const { box, outcome, number } = finding;
  const made = element(
    "div",
    { class: `mark mark-${outcome}`, "aria-label": nameOf(finding) },
    element("span", { class: "outline" }, badge(outcome, number)),
  );
  made.style.setProperty("--x", String(((box.x + box.width / 2) / size.width) * 100));
  made.style.setProperty("--y", String(((box.y + box.height / 2) / size.height) * 100));
  made.style.setProperty("--width", String((box.width / size.width) * 100));
  made.style.setProperty("--height", String((box.height / size.height) * 100));
  return made;
}
