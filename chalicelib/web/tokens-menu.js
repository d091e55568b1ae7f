// @ts-check
/** The design tokens as a file, in the format that the person's own tools read. */

import { downloadMenu, filesOf } from "./download-menu.js";

const FORMATS = [
  { format: null, label: "JSON", hint: "all of it, as DTCG 2025.10", ending: "tokens.json" },
  { format: "resolver", label: "Resolver", hint: "JSON with the light and the dark theme", ending: "resolver.json" },
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
 * @param {import("./images.js").ImageRecord} record
 * @param {unknown} tokens
 * @param {AbortSignal} signal
 */
export function tokensMenu(record, tokens, signal) {
  const result = { name: /** @type {const} */ ("tokens"), content: tokens, mediaType: "application/design-tokens+json" };
  return downloadMenu("Download tokens as", record.name, filesOf(FORMATS, record, result, signal));
}
