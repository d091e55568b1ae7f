// @ts-check
/** The list beside the picture: a row an issue. */

import { badge } from "./badge.js";
import { element } from "./dom.js";
import * as format from "./format.js";
import { Listbox } from "./listbox.js";
import { measured, nameOf, need } from "./measure.js";
import { ruleOf } from "./rules.js";
import { specimen } from "./specimen.js";

/** @typedef {import("./report.js").Entry} Entry */

const SPECIMEN = { width: 190, height: 24 }; // CSS pixels
const NEAR = "300px"; // beyond the list's edges: rows so far away get their specimens before they are seen

/**
 * @param {{
 *   picture: HTMLImageElement,
 *   scale: number,
 *   selection: import("./selection.js").Selection,
 *   onActivate: () => void,
 * }} setting
 */
export function issueList({ picture, scale, selection, onActivate }) {
  const options = element("div", { class: "issues", "aria-label": "Issues" });
  const nothing = element("p", { class: "quiet", hidden: true });
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
    const frame = element("span", { class: "issue-specimen" });
    undrawn.set(frame, () => frame.append(specimen(picture, entry.worst.box, { ...SPECIMEN, scale })));
    near.observe(frame);
    return rowOf(entry, frame);
  }

  return {
    element: element("div", { class: "issue-list" }, options, nothing),
    listbox,
    /**
     * @param {Entry[]} entries
     * @param {string} whenEmpty
     */
    show(entries, whenEmpty) {
      options.hidden = entries.length === 0;
      nothing.hidden = entries.length > 0;
      nothing.textContent = whenEmpty;
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
    { class: "issue", "aria-label": nameOf(entry) },
    badge(outcome, number),
    frame,
    element("span", { class: "issue-value" }, outcome === "passed" && !alone ? "" : (measured(worst) ?? "")),
    element("span", { class: "issue-rule" }, [ruleOf(rule).name, need(entry)].filter(Boolean).join(", ")),
    element("span", { class: "issue-places" }, alone ? "" : format.counted(places.length, "place")),
  );
}
