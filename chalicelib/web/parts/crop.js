/** Crops of the screenshot around a check's box. */

import { element } from "../lib/dom.js";

const MARGIN = 4; // CSS pixels around the box
const MAX_ZOOM = 3;

/**
 * Draw the crop, reduced to the height; a long one is cut off at its end, not made too small to read.
 *
 * @param {HTMLImageElement} image
 * @param {import("../lib/report.js").Box} box
 * @param {{width: number, height: number, scale: number}} limits
 *   maximum size of the canvas in CSS pixels; device pixels per CSS pixel
 */
export function crop(image, box, { width, height, scale }) {
  const margin = MARGIN * scale;
  const left = Math.max(box.x - margin, 0);
  const top = Math.max(box.y - margin, 0);
  const wide = Math.min(box.x + box.width + margin, image.naturalWidth) - left;
  const high = Math.min(box.y + box.height + margin, image.naturalHeight) - top;
  const canvas = element("canvas", { class: "crop", "aria-hidden": "true" });
  if (wide <= 0 || high <= 0) return canvas; // the image did not load

  const zoom = Math.min(height / high, MAX_ZOOM / scale);
  const shown = Math.min(wide, width / zoom);
  canvas.width = Math.round(shown * zoom * devicePixelRatio);
  canvas.height = Math.round(high * zoom * devicePixelRatio);
  canvas.style.width = `${shown * zoom}px`;
  canvas.style.height = `${high * zoom}px`;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.imageSmoothingQuality = "high";
  context.drawImage(image, left, top, shown, high, 0, 0, canvas.width, canvas.height);
  return canvas;
}
