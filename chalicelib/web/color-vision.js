// @ts-check
/** A choice of color visions, and the picture as it is seen with the one that is chosen. */

import { announce } from "./announce.js";
import { element } from "./dom.js";
import * as images from "./images.js";
import * as notice from "./notice.js";

/** `view` is the API's name of what is seen; the picture itself has none. */
const VISIONS = [
  { view: "", name: "full color vision", label: "full color vision" },
  { view: "protan", name: "protanopia", label: "no red cones (protanopia)" },
  { view: "deutan", name: "deuteranopia", label: "no green cones (deuteranopia)" },
  { view: "tritan", name: "tritanopia", label: "no blue cones (tritanopia)" },
  { view: "achromatopsia", name: "achromatopsia", label: "no color (achromatopsia)" },
];

/**
 * @param {HTMLImageElement} picture gives its place to the one that is chosen
 * @param {images.ImageRecord} record
 * @param {AbortSignal} signal
 * @returns {HTMLElement | null} null where there is nothing to choose from
 */
export function colorVision(picture, record, signal) {
  const visions = VISIONS.filter(({ view }) => view === "" || record.views?.[view]);
  if (visions.length === 1) return null;
  const options = visions.map(({ view, label }) => element("option", { value: view }, label));
  const select = element("select", { "aria-label": "Seen with", change: () => choose() }, ...options);
  /** @type {Map<string, HTMLImageElement>} */
  const loaded = new Map([["", picture]]);
  let shown = "";

  async function choose() {
    const view = select.value;
    try {
      notice.clear();
      const seen = loaded.get(view) ?? (await load(view));
      loaded.set(view, seen);
      if (view !== select.value) return; // another was chosen meanwhile
      loaded.get(shown)?.replaceWith(seen);
      shown = view;
      announce(`The picture is shown as seen with ${nameOf(view)}.`);
    } catch (error) {
      if (view !== select.value) return;
      select.value = shown;
      notice.tellError(error);
    }
  }

  /** @param {string} view */
  async function load(view) {
    const address = URL.createObjectURL(await images.view(record.id, view, signal));
    const seen = element("img", { class: "picture", alt: `${picture.alt} as seen with ${nameOf(view)}`, src: address });
    await seen.decode().finally(() => URL.revokeObjectURL(address));
    return seen;
  }

  return element("label", { class: "color-vision" }, element("span", { "aria-hidden": "true" }, "Seen with"), select);
}

/** @param {string} view */
function nameOf(view) {
  return VISIONS.find((vision) => vision.view === view)?.name;
}
