/**
 * A listbox with one selected option, which follows the focus. Up and Down move between entries, Left and Right between
 * the places of an entry, both in the list and on the screenshot.
 *
 * Source: WAI-ARIA Authoring Practices, listbox pattern, https://www.w3.org/WAI/ARIA/apg/patterns/listbox/
 */

/** @typedef {import("../lib/selection.js").Selection} Selection */

/** @type {Map<string, (selection: Selection) => void>} */
const MOVES = new Map([
  ["ArrowDown", (selection) => selection.move(1)],
  ["ArrowUp", (selection) => selection.move(-1)],
  ["ArrowRight", (selection) => selection.movePlace(1)],
  ["ArrowLeft", (selection) => selection.movePlace(-1)],
  ["PageDown", (selection) => selection.move(10)],
  ["PageUp", (selection) => selection.move(-10)],
  ["Home", (selection) => selection.move(-Infinity)],
  ["End", (selection) => selection.move(Infinity)],
]);

/** @template Item */
export class Listbox {
  /** @type {Map<Item, HTMLElement>} */
  #options = new Map();
  /** @type {HTMLElement | null} */
  #tabStop = null;

  /**
   * @param {HTMLElement} element
   * @param {{
   *   scroller: HTMLElement,
   *   selection: Selection,
   *   onPress: (item: Item) => void,
   *   onActivate: () => void,
   * }} setting scroller: the scroll container; onActivate: called on Enter
   */
  constructor(element, { scroller, selection, onPress, onActivate }) {
    this.element = element;
    this.scroller = scroller;
    this.element.setAttribute("role", "listbox");
    element.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const move = MOVES.get(event.key);
      if (event.key === "Enter") onActivate();
      else if (move) move(selection);
      else return;
      event.preventDefault();
      if (move) this.focus();
    });
    element.addEventListener("click", (event) => {
      for (const [item, option] of this.#options) {
        if (!option.contains(/** @type {Node} */ (event.target))) continue;
        onPress(item);
        this.focus();
        return;
      }
    });
  }

  /**
   * @param {Item[]} items
   * @param {(item: Item) => HTMLElement} draw
   */
  fill(items, draw) {
    this.#options = new Map(items.map((item) => [item, asOption(draw(item))]));
    const options = [...this.#options.values()];
    this.element.replaceChildren(...options);
    this.#tabStop = options[0] ?? null;
    if (this.#tabStop) this.#tabStop.tabIndex = 0;
  }

  /**
   * Mark the selected item. Only its option is a tab stop.
   *
   * @param {Item | null} item
   */
  show(item) {
    const option = item === null ? undefined : this.#options.get(item);
    if (!option || !this.#tabStop) return;
    this.#tabStop.setAttribute("aria-selected", "false");
    this.#tabStop.tabIndex = -1;
    option.setAttribute("aria-selected", "true");
    option.tabIndex = 0;
    this.#tabStop = option;
    reveal(option, this.scroller);
  }

  /**
   * @param {Item} item
   * @returns {HTMLElement | undefined}
   */
  optionOf(item) {
    return this.#options.get(item);
  }

  focus() {
    this.#tabStop?.focus();
  }
}

/** @param {HTMLElement} option */
function asOption(option) {
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.tabIndex = -1;
  return option;
}

/**
 * Scroll the option into view within its container; scrollIntoView would scroll the page too.
 *
 * @param {HTMLElement} option
 * @param {HTMLElement} scroller
 */
function reveal(option, scroller) {
  const inner = option.getBoundingClientRect();
  const outer = scroller.getBoundingClientRect();
  const hidden = (/** @type {"top" | "left"} */ start, /** @type {"bottom" | "right"} */ end) =>
    Math.min(inner[start] - outer[start], 0) || Math.max(inner[end] - outer[end], 0);
  scroller.scrollBy({ top: hidden("top", "bottom"), left: hidden("left", "right") });
}
