// @ts-check
/** The design tokens as a file, in the format that the person's own tools read. */

import { downloadMenu } from "./download-menu.js";
import { jsonFile } from "./download.js";
import * as images from "./images.js";

/** `format` is the API's name of it; the native one is what the page has already. */
const FORMATS = [
  { format: null, label: "JSON", hint: "all of it, as DTCG 2025.10", ending: "tokens.json" },
  { format: "styleguide", label: "HTML", hint: "a page that shows each", ending: "tokens.html" },
  { format: "css", label: "CSS", hint: "custom properties", ending: "css" },
  { format: "scss", label: "SCSS", hint: "variables of Sass", ending: "scss" },
  { format: "less", label: "Less", hint: "variables", ending: "less" },
  { format: "tailwind", label: "Tailwind", hint: "a theme of version 4", ending: "tailwind.css" },
  { format: "style-dictionary", label: "Style Dictionary", hint: "JSON for version 5", ending: "style-dictionary.json" },
  { format: "tokens-studio", label: "Tokens Studio", hint: "JSON for Figma", ending: "tokens-studio.json" },
  { format: "android", label: "Android", hint: "XML resources", ending: "xml" },
  { format: "compose", label: "Compose", hint: "Kotlin", ending: "kt" },
  { format: "swiftui", label: "SwiftUI", hint: "Swift", ending: "swift" },
  { format: "flutter", label: "Flutter", hint: "Dart", ending: "dart" },
];

/**
 * @param {images.ImageRecord} record
 * @param {unknown} tokens
 * @param {AbortSignal} signal
 */
export function tokensMenu(record, tokens, signal) {
  const files = FORMATS.map(({ format, ...file }) => {
    const make = async () => (format === null ? jsonFile(tokens, "application/design-tokens+json") : images.file(record.id, "tokens", format, signal));
    return { ...file, make };
  });
  return downloadMenu("Download tokens as", record.name, files);
}
