// @ts-check
/** The accessibility report as a file, in the format that the person's own tools read, or as a picture. */

import { downloadMenu, filesOf } from "./download-menu.js";
import * as images from "./images.js";

const FORMATS = [
  { format: "html", label: "HTML", hint: "a page to read, print and share", ending: "html" },
  { format: null, label: "JSON", hint: "all of it, in Janus's own form", ending: "accessibility.json" },
  { format: "csv", label: "CSV", hint: "for a spreadsheet", ending: "csv" },
  { format: "axe", label: "axe", hint: "JSON as axe-core writes it", ending: "axe.json" },
  { format: "earl", label: "EARL", hint: "W3C's JSON-LD for test results", ending: "earl.jsonld" },
  { format: "sarif", label: "SARIF", hint: "for code scanning", ending: "sarif" },
  { format: "junit", label: "JUnit", hint: "XML for continuous integration", ending: "junit.xml" },
];

/**
 * @param {images.ImageRecord} record
 * @param {import("./report.js").Report} report
 * @param {AbortSignal} signal
 */
export function reportMenu(record, report, signal) {
  const result = { name: /** @type {const} */ ("accessibility"), content: report, mediaType: "application/json" };
  const files = filesOf(FORMATS, record, result, signal);
  if (record.views?.overlay) {
    const make = () => images.view(record.id, "overlay", signal);
    files.push({ label: "PNG", hint: "the picture with its issues marked", ending: "overlay.png", make });
  }
  return downloadMenu("Download report as", record.name, files);
}
