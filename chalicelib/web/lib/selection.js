/** The selected place and entry, shared by the list, the screenshot and the details. */

/** @typedef {import("./report.js").Entry} Entry */
/** @typedef {import("./report.js").Place} Place */

/** Dispatches `change` when another place is selected. */
export class Selection extends EventTarget {
  /** @type {Entry[]} */
  #entries = [];
  /** @type {Place | null} */
  #place = null;

  get place() {
    return this.#place;
  }

  get entry() {
    return this.#place?.entry ?? null;
  }

  /**
   * Set the selectable entries; the selected one is kept if it is among them.
   *
   * @param {Entry[]} entries
   */
  offer(entries) {
    this.#entries = entries;
    const kept = this.entry !== null && entries.includes(this.entry);
    this.#set(kept ? this.#place : (entries[0]?.places[0] ?? null));
  }

  /** @param {Place} place */
  select(place) {
    if (place !== this.#place) this.#set(place);
  }

  /** @param {number} by number of entries; stops at the first and the last */
  move(by) {
    const from = this.entry === null ? -1 : this.#entries.indexOf(this.entry);
    const to = this.#entries[Math.min(Math.max(from + by, 0), this.#entries.length - 1)];
    if (to && to !== this.entry) this.#set(to.places[0]);
  }

  /** @param {number} by number of places within the entry; wraps around */
  movePlace(by) {
    if (this.#place === null) return;
    const { entry, index } = this.#place;
    const { length } = entry.places;
    this.select(entry.places[(index + by + length) % length]);
  }

  /** @param {Place | null} place */
  #set(place) {
    this.#place = place;
    this.dispatchEvent(new Event("change"));
  }
}
