// @ts-check
/** Which finding is selected: what the list, the picture and the details have in common. */

/** @typedef {import("./findings.js").Finding} Finding */

export class Selection extends EventTarget {
  /** @type {Finding | null} */
  #finding = null;

  get finding() {
    return this.#finding;
  }

  /** @param {Finding | null} finding */
  select(finding) {
    if (finding === this.#finding) return;
    this.#finding = finding;
    this.dispatchEvent(new Event("change"));
  }
}
