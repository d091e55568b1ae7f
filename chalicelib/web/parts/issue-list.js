/** The list beside the screenshot, with one row per entry. */

import { element } from "../lib/dom.js";
import * as format from "../lib/format.js";
import { entryName, measured, qualifier } from "../lib/measurements.js";
import { badge } from "../lib/outcomes.js";
import { crop } from "./crop.js";
import { Listbox } from "./listbox.js";

/** @typedef {import("../lib/report.js").Entry} Entry */

const CROP = { width: 190, height: 24 }; // CSS pixels
const NEAR = "300px"; // beyond the list's edges: rows this close get their crop before they are visible

/**
 * @param {{
 *   image: HTMLImageElement,
 *   scale: number,
 *   selection: import("../lib/selection.js").Selection,
 *   onActivate: () => void,
 * }} setting
 */
export function issueList({ image, scale, selection, onActivate }) {
  const options = element("div", { class: "issues", "aria-label": "Issues" });
  const empty = element("p", { class: "quiet", hidden: true });
  /** @type {Listbox<Entry>} */
  const listbox = new Listbox(options, {
    scroller: options,
    selection,
    onPress: (entry) => entry !== selection.entry && selection.select(entry.places[0]),
    onActivate,
  });
  selection.addEventListener("change", () => listbox.show(selection.entry));

  /** @type {WeakMap<Element, () => void>} */
  const undrawn = new WeakMap();
  const near = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        undrawn.get(target)?.();
      }
    },
    { root: options, rootMargin: NEAR },
  );

  /** @param {Entry} entry */
  function row(entry) {
    const frame = element("span", { class: "issue-crop" });
    undrawn.set(frame, () => frame.append(crop(image, entry.worst.box, { ...CROP, scale })));
    near.observe(frame);
    return rowOf(entry, frame);
  }

  return {
    element: element("div", { class: "issue-list" }, options, empty),
    listbox,
    /**
     * @param {Entry[]} entries
     * @param {string} emptyMessage
     */
    show(entries, emptyMessage) {
      options.hidden = entries.length === 0;
      empty.hidden = entries.length > 0;
      empty.textContent = emptyMessage;
      near.disconnect();
      listbox.fill(entries, row);
    },
  };
}

/**
 * @param {Entry} entry
 * @param {HTMLElement} frame
 */
function rowOf(entry, frame) {
  const { number, outcome, rule, worst, places } = entry;
  const alone = places.length === 1;
  return element(
    "div",
    { class: "issue", "aria-label": entryName(entry) },
    badge(outcome, number),
    frame,
    element("span", { class: "issue-value" }, outcome === "passed" && !alone ? "" : (measured(worst, rule) ?? "")),
    element("span", { class: "issue-rule" }, [rule.name, qualifier(entry)].filter(Boolean).join(", ")),
    element("span", { class: "issue-places" }, alone ? "" : format.counted(places.length, "place")),
  );
}
