// @ts-check
/**
 * The keyboard of a listbox with one selected option, which follows the focus.
 *
 * Source: WAI-ARIA Authoring Practices, listbox pattern, https://www.w3.org/WAI/ARIA/apg/patterns/listbox/
 */

/** @typedef {import("./findings.js").Finding} Finding */

const STEPS = new Map([
  ["ArrowDown", 1],
  ["ArrowRight", 1],
  ["ArrowUp", -1],
  ["ArrowLeft", -1],
  ["PageDown", 10],
  ["PageUp", -10],
  ["Home", -Infinity],
  ["End", Infinity],
]);

export class Listbox {
  /** @type {Finding[]} */
  #findings = [];
  /** @type {HTMLElement[]} */
  #options = [];
  #current = -1;

  /**
   * @param {HTMLElement} element
   * @param {{
   *   scroller: HTMLElement,
   *   onSelect: (finding: Finding) => void,
   *   onActivate: () => void,
   * }} setting scroller: what scrolls around the options; onActivate: Enter was pressed
   */
  constructor(element, { scroller, onSelect, onActivate }) {
    this.element = element;
    this.scroller = scroller;
    this.element.setAttribute("role", "listbox");
    element.addEventListener("keydown", (event) => {
      const step = STEPS.get(event.key);
      if (event.key === "Enter") onActivate();
      else if (step !== undefined) this.#choose(this.#current + step, onSelect);
      else return;
      event.preventDefault();
    });
    element.addEventListener("click", (event) => {
      const pressed = this.#options.findIndex((option) => option.contains(/** @type {Node} */ (event.target)));
      if (pressed >= 0) this.#choose(pressed, onSelect);
    });
  }

  /**
   * @param {Finding[]} findings
   * @param {(finding: Finding) => HTMLElement} draw
   */
  fill(findings, draw) {
    this.#findings = findings;
    this.#options = findings.map((finding) => {
      const option = draw(finding);
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.tabIndex = -1;
      return option;
    });
    this.#current = -1;
    this.element.replaceChildren(...this.#options);
    if (this.#options[0]) this.#options[0].tabIndex = 0;
  }

  /**
   * Show which finding is selected. Only this option is a tab stop.
   *
   * @param {Finding | null} finding
   */
  show(finding) {
    const before = this.#options[Math.max(this.#current, 0)];
    before?.setAttribute("aria-selected", "false");
    if (before) before.tabIndex = -1;
    this.#current = finding === null ? -1 : this.#findings.indexOf(finding);
    const option = this.#options[Math.max(this.#current, 0)];
    if (!option) return;
    option.tabIndex = 0;
    option.setAttribute("aria-selected", String(this.#current >= 0));
    if (this.#current >= 0) reveal(option, this.scroller);
  }

  focus() {
    this.#options[Math.max(this.#current, 0)]?.focus();
  }

  /**
   * @param {number} index
   * @param {(finding: Finding) => void} onSelect
   */
  #choose(index, onSelect) {
    const within = Math.min(Math.max(index, 0), this.#findings.length - 1);
    const finding = this.#findings[within];
    if (!finding) return;
    onSelect(finding);
    this.#options[within].focus();
  }
}

/**
 * Scroll the least that shows the option, and only the scroller: scrollIntoView would move the whole page too.
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
