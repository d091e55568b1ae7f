/** The results of an image: accessibility report and colors. */

import { element } from "../lib/dom.js";
import * as images from "../lib/images.js";
import { isAborted, messageOf } from "../lib/problem.js";
import { tokensMenu } from "./download-menu.js";
import { issuesPart } from "./issues.js";
import { paletteFixes } from "./palette-fixes.js";
import { observedColors, swatches } from "./swatches.js";
import { untestedPart } from "./untested.js";

/** @typedef {import("../lib/report.js").Report} Report */

/**
 * @param {images.ImageRecord} record
 * @param {AbortSignal} signal
 */
export async function resultView(record, signal) {
  const [image, accessibility, tokens] = await Promise.all([
    load(record),
    part(images.accessibility(record.id, signal)),
    part(images.tokens(record.id, signal)),
  ]);
  const report = accessibility.content;
  return element(
    "div",
    { class: "result" },
    ...(report ? issuesPart(report, image, record, signal) : [missingPart("Issues", accessibility.message)]),
    tokens.content ? colorsPart(tokens.content, record, report, signal) : missingPart("Colors", tokens.message),
    report && untestedPart(report),
  );
}

/**
 * Return a result, or the reason why it is missing, so that the other result is still shown.
 *
 * @template Content
 * @param {Promise<Content>} result
 */
async function part(result) {
  try {
    return { content: await result, message: "" };
  } catch (error) {
    if (isAborted(error)) throw error;
    return { content: null, message: messageOf(error) };
  }
}

/**
 * @param {string} heading
 * @param {string} message
 */
function missingPart(heading, message) {
  return element("section", { class: "panel missing" }, element("h2", {}, heading), element("p", { class: "notice error" }, message));
}

/** @param {images.ImageRecord} record */
async function load(record) {
  const image = element("img", { class: "screenshot", alt: `Screenshot ${record.name}`, src: record.picture?.url });
  try {
    await image.decode();
  } catch {
    image.alt = "The screenshot can't be loaded. Its issues are shown without it."; // shown in place of the image
  }
  return image;
}

/**
 * @param {images.Tokens} tokens
 * @param {images.ImageRecord} record
 * @param {Report | null} report
 * @param {AbortSignal} signal
 */
function colorsPart(tokens, record, report, signal) {
  return element(
    "section",
    { class: "panel colors", "aria-labelledby": "colors-heading" },
    element("div", { class: "panel-head" }, element("h2", { id: "colors-heading" }, "Colors"), tokensMenu(record, tokens, signal)),
    report && paletteFixes(report.palette_fixes),
    swatches(observedColors(tokens)),
  );
}
