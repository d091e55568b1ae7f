// @ts-check
/** A piece cut out of the picture: what a check is about. */

import { element } from "./dom.js";

const MARGIN = 4; // CSS pixels of the picture around the text
const LARGEST_ZOOM = 3;

/**
 * @param {HTMLImageElement} picture
 * @param {import("./report.js").Box} box
 * @param {{width: number, height: number, scale: number}} limits
 *   the canvas's largest size, in CSS pixels, and the picture's device pixels a CSS pixel
 */
export function specimen(picture, box, { width, height, scale }) {
  const margin = MARGIN * scale;
  const left = Math.max(box.x - margin, 0);
  const top = Math.max(box.y - margin, 0);
  const wide = Math.min(box.x + box.width + margin, picture.naturalWidth) - left;
  const high = Math.min(box.y + box.height + margin, picture.naturalHeight) - top;
  const canvas = element("canvas", { class: "specimen", "aria-hidden": "true" });
  if (wide <= 0 || high <= 0) return canvas; // the picture didn't load

  const zoom = Math.min(height / high, LARGEST_ZOOM / scale);
  const shown = Math.min(wide, width / zoom); // what is too long is cut at its end, not made too small to read
  canvas.width = Math.round(shown * zoom * devicePixelRatio);
  canvas.height = Math.round(high * zoom * devicePixelRatio);
  canvas.style.width = `${shown * zoom}px`;
  canvas.style.height = `${high * zoom}px`;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, left, top, shown, high, 0, 0, canvas.width, canvas.height);
  return canvas;
}
