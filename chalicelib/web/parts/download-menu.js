/** Menus that download a result in one of several formats. */

import { jsonFile, resultName, save } from "../lib/download.js";
import * as images from "../lib/images.js";
import * as notice from "../lib/notice.js";
import { menuButton } from "./menu.js";

/** @typedef {{format: string | null, label: string, hint: string, extension: string}} Format format: the API's name, or null for the native one */
/** @typedef {{label: string, hint: string, extension: string, fetch: () => Promise<Blob>}} Download */
/** @typedef {{name: "accessibility" | "tokens", content: unknown, mediaType: string}} Result content: in the native format */

/** @type {Format[]} */
const REPORT_FORMATS = [
  { format: "html", label: "HTML", hint: "page to read, print and share", extension: "html" },
  { format: null, label: "JSON", hint: "the complete report, in the format of Janus", extension: "accessibility.json" },
  { format: "csv", label: "CSV", hint: "for a spreadsheet", extension: "csv" },
  { format: "axe", label: "axe", hint: "JSON, as written by axe-core", extension: "axe.json" },
  { format: "earl", label: "EARL", hint: "W3C's JSON-LD for test results", extension: "earl.jsonld" },
  { format: "sarif", label: "SARIF", hint: "for code scanning", extension: "sarif" },
  { format: "junit", label: "JUnit", hint: "XML for continuous integration", extension: "junit.xml" },
];

/** @type {Format[]} */
const TOKEN_FORMATS = [
  { format: null, label: "JSON", hint: "all tokens, as DTCG 2025.10", extension: "tokens.json" },
  { format: "resolver", label: "Resolver", hint: "JSON with the light and the dark theme", extension: "resolver.json" },
  { format: "styleguide", label: "HTML", hint: "style guide with every token", extension: "tokens.html" },
  { format: "css", label: "CSS", hint: "custom properties", extension: "css" },
  { format: "scss", label: "SCSS", hint: "Sass variables", extension: "scss" },
  { format: "less", label: "Less", hint: "variables", extension: "less" },
  { format: "tailwind", label: "Tailwind", hint: "theme for version 4", extension: "tailwind.css" },
  { format: "style-dictionary", label: "Style Dictionary", hint: "JSON for version 5", extension: "style-dictionary.json" },
  { format: "tokens-studio", label: "Tokens Studio", hint: "JSON for Figma", extension: "tokens-studio.json" },
  { format: "android", label: "Android", hint: "XML resources", extension: "xml" },
  { format: "compose", label: "Compose", hint: "Kotlin", extension: "kt" },
  { format: "swiftui", label: "SwiftUI", hint: "Swift", extension: "swift" },
  { format: "flutter", label: "Flutter", hint: "Dart", extension: "dart" },
];

/**
 * Return the menu of the accessibility report's formats; PNG is the screenshot with its issues marked.
 *
 * @param {images.ImageRecord} record
 * @param {import("../lib/report.js").Report} report
 * @param {AbortSignal} signal
 */
export function reportMenu(record, report, signal) {
  const downloads = downloadsOf(REPORT_FORMATS, record, { name: "accessibility", content: report, mediaType: "application/json" }, signal);
  if (record.views?.overlay) {
    const fetch = () => images.view(record.id, "overlay", signal);
    downloads.push({ label: "PNG", hint: "the screenshot with its issues marked", extension: "overlay.png", fetch });
  }
  return downloadMenu("Download report as", record.name, downloads);
}

/**
 * Return the menu of the design tokens' formats.
 *
 * @param {images.ImageRecord} record
 * @param {unknown} tokens
 * @param {AbortSignal} signal
 */
export function tokensMenu(record, tokens, signal) {
  const result = { name: /** @type {const} */ ("tokens"), content: tokens, mediaType: "application/design-tokens+json" };
  return downloadMenu("Download tokens as", record.name, downloadsOf(TOKEN_FORMATS, record, result, signal));
}

/**
 * @param {Format[]} formats
 * @param {images.ImageRecord} record
 * @param {Result} result
 * @param {AbortSignal} signal
 * @returns {Download[]}
 */
function downloadsOf(formats, record, { name, content, mediaType }, signal) {
  return formats.map(({ format, ...words }) => {
    const fetch = async () => (format === null ? jsonFile(content, mediaType) : images.resultFile(record.id, name, format, signal));
    return { ...words, fetch };
  });
}

/**
 * @param {string} label
 * @param {string} imageName
 * @param {Download[]} downloads
 */
function downloadMenu(label, imageName, downloads) {
  const items = downloads.map(({ label, hint, extension, fetch }) => ({
    label,
    hint,
    action: () => download(fetch, resultName(imageName, extension)),
  }));
  return menuButton(label, items);
}

/**
 * @param {() => Promise<Blob>} fetch
 * @param {string} name
 */
async function download(fetch, name) {
  try {
    notice.clear();
    save(await fetch(), name);
    notice.announce(`Downloaded ${name}.`);
  } catch (error) {
    notice.showError(error);
  }
}
