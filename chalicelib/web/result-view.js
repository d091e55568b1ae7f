// @ts-check
/** The results of an image: its accessibility report and its colors. */

import { element } from "./dom.js";
import * as images from "./images.js";
import { issuesPart } from "./issues-part.js";
import { paletteFixes } from "./palette-fixes.js";
import { isAborted, sentence } from "./problem.js";
import { observedColors, swatches } from "./swatches.js";
import { tokensMenu } from "./tokens-menu.js";
import { untestedPart } from "./untested.js";

/** @typedef {import("./report.js").Report} Report */

/**
 * @param {images.ImageRecord} record
 * @param {AbortSignal} signal
 */
export async function resultView(record, signal) {
  const [picture, accessibility, tokens] = await Promise.all([
    load(record),
    part(images.result(record.id, "accessibility", signal)),
    part(images.result(record.id, "tokens", signal)),
  ]);
  /** @type {Report | null} */
  const report = accessibility.content;
  return element(
    "div",
    { class: "result" },
    ...(report ? issuesPart(report, picture, record, signal) : [lost("Issues", accessibility.why)]),
    tokens.content ? colorsPart(tokens.content, record, report, signal) : lost("Colors", tokens.why),
    report && untestedPart(report),
  );
}

/**
 * One result missing doesn't keep the other from being shown.
 *
 * @param {Promise<any>} result
 */
async function part(result) {
  try {
    return { content: await result, why: "" };
  } catch (error) {
    if (isAborted(error)) throw error;
    return { content: null, why: sentence(error) };
  }
}

/**
 * @param {string} heading
 * @param {string} why
 */
function lost(heading, why) {
  return element("section", { class: "panel lost" }, element("h2", {}, heading), element("p", { class: "notice error" }, why));
}

/** @param {images.ImageRecord} record */
async function load(record) {
  const picture = element("img", { class: "picture", alt: `The picture ${record.name}`, src: record.picture?.url });
  try {
    await picture.decode();
  } catch {
    picture.alt = "The picture itself can't be shown now; its issues can."; // takes the picture's place
  }
  return picture;
}

/**
 * @param {any} tokens
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
