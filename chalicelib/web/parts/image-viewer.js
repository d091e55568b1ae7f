/** The screenshot with a mark on each place, at a chosen zoom. */

import { element } from "../lib/dom.js";
import { placeName } from "../lib/measurements.js";
import { badge } from "../lib/outcomes.js";
import { Listbox } from "./listbox.js";

/** @typedef {import("../lib/report.js").Entry} Entry */
/** @typedef {import("../lib/report.js").Place} Place */

const ZOOMS = [
  { label: "Fit", factor: 0 },
  { label: "100 %", factor: 1 },
  { label: "200 %", factor: 2 },
];
const MAX_NUMBERED = 40; // marks; more numbers than these would cover the screenshot

/**
 * @param {{
 *   image: HTMLImageElement,
 *   size: {width: number, height: number, scale: number},
 *   selection: import("../lib/selection.js").Selection,
 *   onActivate: () => void,
 *   colorVision: HTMLElement | null,
 * }} setting size: in device pixels; scale: device pixels per CSS pixel
 */
export function imageViewer({ image, size, selection, onActivate, colorVision }) {
  const marks = element("div", { class: "marks", "aria-label": "Places on the screenshot" });
  const canvas = element("div", { class: "canvas" }, image, marks);
  const viewport = element("div", { class: "viewport", tabindex: 0, role: "group", "aria-label": "Screenshot" }, canvas);
  /** @type {Listbox<Place>} */
  const listbox = new Listbox(marks, {
    scroller: viewport,
    selection,
    onPress: (place) => selection.select(place),
    onActivate,
  });
  /** @type {Entry | null} */
  let marked = null;

  canvas.style.aspectRatio = `${size.width} / ${size.height}`;
  const zoom = (/** @type {number} */ factor) => {
    const width = size.width / size.scale;
    canvas.style.width = factor === 0 ? `min(100%, ${width}px)` : `${width * factor}px`;
  };
  zoom(0);

  selection.addEventListener("change", () => {
    for (const place of marked?.places ?? []) listbox.optionOf(place)?.classList.remove("mark-kin");
    marked = selection.entry;
    for (const place of marked?.places ?? []) listbox.optionOf(place)?.classList.add("mark-kin");
    listbox.show(selection.place);
  });

  return {
    element: element(
      "div",
      { class: "viewer" },
      viewport,
      element(
        "div",
        { class: "viewer-foot" },
        element("p", { class: "quiet hint" }, "↑ ↓ select an issue, ← → one of its places, Enter switches between screenshot and list."),
        element("div", { class: "viewer-controls" }, colorVision, zoomControl(zoom)),
      ),
    ),
    listbox,
    /** @param {Entry[]} entries */
    show(entries) {
      const places = entries.flatMap((entry) => entry.places);
      marks.hidden = places.length === 0; // screen readers would announce an empty listbox
      marks.classList.toggle("marks-crowd", places.length > MAX_NUMBERED);
      listbox.fill(places, (place) => mark(place, size));
    },
  };
}

/** @param {(factor: number) => void} zoom */
function zoomControl(zoom) {
  return element(
    "fieldset",
    { class: "segments zoom" },
    element("legend", { class: "unseen" }, "Zoom"),
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
 * Positions are percentages and container units, so that they are valid at every zoom.
 *
 * @param {Place} place
 * @param {{width: number, height: number}} size
 */
function mark(place, size) {
  const { box } = place.check;
  const { outcome, number } = place.entry;
  const made = element(
    "div",
    { class: `mark mark-${outcome}`, "aria-label": placeName(place) },
    element("span", { class: "outline" }, badge(outcome, number)),
  );
  made.style.setProperty("--x", String(((box.x + box.width / 2) / size.width) * 100));
  made.style.setProperty("--y", String(((box.y + box.height / 2) / size.height) * 100));
  made.style.setProperty("--width", String((box.width / size.width) * 100));
  made.style.setProperty("--height", String((box.height / size.height) * 100));
  return made;
}
