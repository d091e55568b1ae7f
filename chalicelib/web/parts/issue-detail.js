/** Details of the selected place: measurement, suggested fixes, colors and size. */

import { copy } from "../lib/clipboard.js";
import { element } from "../lib/dom.js";
import * as format from "../lib/format.js";
import { measured, onScale, placeName, required } from "../lib/measurements.js";
import { announce } from "../lib/notice.js";
import { badge, WORDS } from "../lib/outcomes.js";
import { crop } from "./crop.js";
import { fixRow } from "./fix-row.js";
import { chip } from "./swatches.js";

/** @typedef {import("../lib/report.js").Check} Check */
/** @typedef {import("../lib/report.js").Entry} Entry */
/** @typedef {import("../lib/report.js").Rule} Rule */

const CROP = { width: 330, height: 44 }; // CSS pixels

/**
 * @param {{
 *   image: HTMLImageElement,
 *   scale: number,
 *   selection: import("../lib/selection.js").Selection,
 * }} setting
 */
export function issueDetail({ image, scale, selection }) {
  const heading = element("h3", { id: "issue-heading" });
  const position = element("span", { class: "position" });
  const steps = element(
    "div",
    { class: "place-steps", role: "group", "aria-label": "Places of this issue" },
    stepButton("Previous place", "‹", -1),
    position,
    stepButton("Next place", "›", 1),
  );
  const head = element("div", { class: "detail-head" }, heading, steps);
  const body = element("div", { class: "detail-body" });
  const panel = element("section", { class: "panel issue-detail", "aria-labelledby": "issue-heading" }, head, body);

  selection.addEventListener("change", () => {
    const { place } = selection;
    panel.hidden = place === null;
    if (place === null) return;
    const { check, entry, index } = place;
    heading.replaceChildren(badge(entry.outcome, entry.number), `${WORDS[entry.outcome].label}: ${entry.rule.name}`);
    steps.hidden = entry.places.length === 1;
    position.textContent = `${index + 1} of ${entry.places.length}`;
    body.replaceChildren(
      element("div", { class: "crop-frame" }, crop(image, check.box, { ...CROP, scale }), reading(check)),
      ...measurement(check, entry.rule),
      ...fixes(check, entry.rule),
      element("p", { class: "message" }, check.message),
      facts(check, entry),
      about(entry.rule),
    );
    panel.scrollTop = 0;
  });

  /**
   * @param {string} name
   * @param {string} symbol
   * @param {number} by
   */
  function stepButton(name, symbol, by) {
    const step = () => {
      selection.movePlace(by);
      if (selection.place) announce(placeName(selection.place));
    };
    return element("button", { type: "button", class: "button small step-button", "aria-label": name, click: step }, symbol);
  }

  return panel;
}

/** @param {Check} check */
function reading({ text }) {
  return text === null ? null : element("p", { class: "reading", dir: "auto" }, `“${text}”`);
}

/**
 * @param {Check} check
 * @param {Rule} rule
 */
function measurement(check, rule) {
  const value = measured(check, rule);
  const minimum = required(check, rule);
  if (value === null) return [];
  return [
    element(
      "div",
      { class: "measured" },
      element("p", {}, element("strong", {}, value), minimum === null ? null : ` needs ${minimum}`),
      scale(check, rule),
    ),
  ];
}

/**
 * Return a scale with the measured and the required value.
 *
 * @param {Check} check
 * @param {Rule} rule
 */
function scale(check, rule) {
  const positions = onScale(check, rule);
  if (positions === null) return null;
  const measure = element("span", { class: `measure measure-${check.outcome}` });
  measure.style.insetInlineStart = `${positions.low * 100}%`;
  measure.style.insetInlineEnd = `${(1 - positions.high) * 100}%`;
  const tick = element("span", { class: "tick" });
  tick.style.insetInlineStart = `${positions.required * 100}%`;
  return element("div", { class: "scale", "aria-hidden": "true" }, measure, tick);
}

/**
 * @param {Check} check
 * @param {Rule} rule
 */
function fixes({ foreground, background, fixes }, { colors }) {
  if (fixes === null || foreground === null || background === null) return [];
  const [one, other] = colors.map(format.capitalized);
  const before = { text: foreground, background };
  const changes = [
    { what: one, from: foreground, fix: fixes.foreground, after: (/** @type {string} */ color) => ({ ...before, text: color }) },
    { what: other, from: background, fix: fixes.background, after: (/** @type {string} */ color) => ({ ...before, background: color }) },
  ];
  const possible = changes
    .flatMap(({ fix, after, ...change }) => (fix ? [{ ...change, fix, before, after: after(fix.color) }] : []))
    .sort((one, other) => one.fix.difference - other.fix.difference);
  const impossible = changes.filter(({ fix }) => fix === null);
  return [
    element(
      "div",
      { class: "fixes" },
      element("h4", {}, possible.length > 1 ? "Fix: change one of these colors" : "Fix"),
      possible.length === 0 ? null : element("ul", {}, ...possible.map(fixRow)),
      impossible.length === 0
        ? null
        : element("p", { class: "quiet" }, impossible.map(({ what }) => `${what}: no other color is sufficient.`).join(" ")),
    ),
  ];
}

/**
 * @param {Check} check
 * @param {Entry} entry
 */
function facts({ foreground, background, size }, { rule, outcome, severity }) {
  const [one, other] = rule.colors.map(format.capitalized);
  return element(
    "dl",
    { class: "facts" },
    ...fact(one, foreground && colorButton(foreground)),
    ...fact(other, background && colorButton(background)),
    ...fact("Size", size && sizeOf(size)),
    ...fact("Severity", outcome === "passed" ? null : severityBar(severity)),
  );
}

/** @param {import("../lib/report.js").Size} size */
function sizeOf({ value, interval: [low, high] }) {
  const about = low === high ? format.pixels(value) : `about ${Math.round(value)} px`;
  return element("span", { title: low === high ? null : `between ${low} and ${high} px` }, about);
}

/**
 * @param {string} term
 * @param {Node | string | null} description
 */
function fact(term, description) {
  return description ? [element("div", {}, element("dt", {}, term), element("dd", {}, description))] : [];
}

/** @param {number} severity */
function severityBar(severity) {
  const bar = element("span", { class: "severity-bar", "aria-hidden": "true" }, element("span"));
  /** @type {HTMLElement} */ (bar.firstElementChild).style.inlineSize = `${severity * 100}%`;
  return element("span", { class: "severity" }, bar, severity.toFixed(2));
}

/** @param {string} hex */
function colorButton(hex) {
  const label = element("span", {}, hex);
  return element(
    "button",
    { type: "button", class: "color", "aria-label": `Copy ${hex}`, click: () => copy(hex, label) },
    chip(hex),
    label,
  );
}

/** @param {Rule} rule */
function about(rule) {
  return element("p", { class: "about quiet" }, `${rule.title}. `, source(rule));
}

/** @param {Rule} rule */
function source({ criterion, level, help }) {
  if (criterion === null) return "Best practice.";
  const words = level === "advisory" ? `advice related to WCAG ${criterion.number}` : `WCAG ${criterion.number} ${level}`;
  return element("a", { href: help, rel: "noreferrer" }, words);
}
