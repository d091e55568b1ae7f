/** The choice of a color vision, and the screenshot as it is seen with it. */

import { element } from "../lib/dom.js";
import * as images from "../lib/images.js";
import * as notice from "../lib/notice.js";

/** view: the API's name, or empty for the screenshot itself. */
const VISIONS = [
  { view: "", name: "full color vision", label: "Full color vision" },
  { view: "protan", name: "protanopia", label: "Protanopia (no red cones)" },
  { view: "deutan", name: "deuteranopia", label: "Deuteranopia (no green cones)" },
  { view: "tritan", name: "tritanopia", label: "Tritanopia (no blue cones)" },
  { view: "achromatopsia", name: "achromatopsia", label: "Achromatopsia (no color)" },
];

/**
 * Return the control, or null if the image has no such views.
 *
 * @param {HTMLImageElement} image replaced by the chosen view
 * @param {images.ImageRecord} record
 * @param {AbortSignal} signal
 */
export function colorVision(image, record, signal) {
  const visions = VISIONS.filter(({ view }) => view === "" || record.views?.[view]);
  if (visions.length === 1) return null;
  const options = visions.map(({ view, label }) => element("option", { value: view }, label));
  const select = element("select", { "aria-label": "Color vision", change: () => choose() }, ...options);
  /** @type {Map<string, HTMLImageElement>} */
  const loaded = new Map([["", image]]);
  let shown = "";

  async function choose() {
    const view = select.value;
    try {
      notice.clear();
      const chosen = loaded.get(view) ?? (await load(view));
      loaded.set(view, chosen);
      if (view !== select.value) return; // another one was chosen in the meantime
      loaded.get(shown)?.replaceWith(chosen);
      shown = view;
      notice.announce(`Showing the screenshot as seen with ${nameOf(view)}.`);
    } catch (error) {
      if (view !== select.value) return;
      select.value = shown;
      notice.showError(error);
    }
  }

  /** @param {string} view */
  async function load(view) {
    const url = URL.createObjectURL(await images.view(record.id, view, signal));
    const seen = element("img", { class: "screenshot", alt: `${image.alt} as seen with ${nameOf(view)}`, src: url });
    await seen.decode().finally(() => URL.revokeObjectURL(url));
    return seen;
  }

  return element("label", { class: "color-vision" }, element("span", { "aria-hidden": "true" }, "Color vision"), select);
}

/** @param {string} view */
function nameOf(view) {
  return VISIONS.find((vision) => vision.view === view)?.name;
}
