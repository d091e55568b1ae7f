/** The rules of a report, as the page names and explains them. A report names a rule by its id only. */

/**
 * @typedef {object} Rule
 * @property {string} name short, for a row of the list
 * @property {string} title what it asks
 * @property {string | null} understanding the last part of the address of W3C's page on its criterion
 * @property {"ratio" | "multiple" | "pixels"} measure what its checks' `required` counts
 * @property {[string, string]} colors what the two colors of its checks are
 */

/** @type {Map<string, Rule>} */
export const RULES = new Map([
  [
    "text-contrast",
    {
      name: "Text contrast",
      title: "Text has a contrast ratio of at least 4.5:1, large text of 3:1",
      understanding: "contrast-minimum",
      measure: "ratio",
      colors: ["Text", "Background"],
    },
  ],
  [
    "text-contrast-enhanced",
    {
      name: "Enhanced contrast",
      title: "Text has a contrast ratio of at least 7:1, large text of 4.5:1",
      understanding: "contrast-enhanced",
      measure: "ratio",
      colors: ["Text", "Background"],
    },
  ],
  [
    "non-text-contrast",
    {
      name: "Non-text contrast",
      title: "Controls and icons have a contrast ratio of at least 3:1 to what is beside them",
      understanding: "non-text-contrast",
      measure: "ratio",
      colors: ["Control", "Beside it"],
    },
  ],
  [
    "target-size",
    {
      name: "Target size",
      title: "Targets are at least 24 by 24 CSS pixels, or so far apart that circles of that size don't meet",
      understanding: "target-size-minimum",
      measure: "pixels",
      colors: ["Target", "Around it"],
    },
  ],
  [
    "target-size-enhanced",
    {
      name: "Enhanced target size",
      title: "Targets are at least 44 by 44 CSS pixels",
      understanding: "target-size-enhanced",
      measure: "pixels",
      colors: ["Target", "Around it"],
    },
  ],
  [
    "link-distinguishable",
    {
      name: "Links in text",
      title: "A link inside text differs from it by more than its hue",
      understanding: "use-of-color",
      measure: "ratio",
      colors: ["Link", "Text around it"],
    },
  ],
  [
    "color-vision",
    {
      name: "Color vision",
      title: "Neighboring areas can be told apart without seeing their hue",
      understanding: "use-of-color",
      measure: "ratio",
      colors: ["One area", "Its neighbor"],
    },
  ],
  [
    "text-size",
    {
      name: "Text size",
      title: "Text is at least 12 CSS pixels high",
      understanding: null,
      measure: "pixels",
      colors: ["Text", "Background"],
    },
  ],
  [
    "text-spacing-tight",
    {
      name: "Line spacing",
      title: "Lines of a paragraph are at least 1.2 font sizes apart",
      understanding: "text-spacing",
      measure: "multiple",
      colors: ["Text", "Background"],
    },
  ],
  [
    "images-of-text",
    {
      name: "Images of text",
      title: "Text is text and no part of a photo",
      understanding: "images-of-text",
      measure: "ratio",
      colors: ["Text", "Background"],
    },
  ],
  [
    "flashing",
    {
      name: "Flashing",
      title: "Nothing flashes more than three times in any second",
      understanding: "three-flashes-or-below-threshold",
      measure: "ratio",
      colors: ["Lighter", "Darker"],
    },
  ],
]);

/**
 * @param {string} id
 * @returns {Rule} with what its id says, where the page doesn't know it
 */
export function ruleOf(id) {
  const words = id.replaceAll("-", " ");
  const name = words.charAt(0).toUpperCase() + words.slice(1);
  return RULES.get(id) ?? { name, title: "", understanding: null, measure: "ratio", colors: ["Foreground", "Background"] };
}

/** @param {string} understanding */
export function helpAddress(understanding) {
  return `https://www.w3.org/WAI/WCAG22/Understanding/${understanding}.html`;
}
