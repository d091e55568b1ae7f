/**
 * A button that opens a menu of actions.
 *
 * Source: WAI-ARIA Authoring Practices, menu button pattern, https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
 */

import { element } from "../lib/dom.js";

/** @typedef {{label: string, hint: string, action: () => void}} Item */

let count = 0;

/**
 * @param {string} label
 * @param {Item[]} items
 */
export function menuButton(label, items) {
  const id = `menu-${++count}`;
  const entries = items.map((item, index) => entry(item, `${id}-${index}`));
  const menu = element("div", { class: "menu", role: "menu", id, "aria-label": label, hidden: true }, ...entries);
  const button = element(
    "button",
    { type: "button", class: "button small", "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id },
    label,
    element("span", { class: "menu-arrow", "aria-hidden": "true" }),
  );
  const holder = element("div", { class: "menu-holder" }, button, menu);

  /** @param {number} index of the item to focus; -1 is the last */
  function open(index) {
    menu.hidden = false;
    button.setAttribute("aria-expanded", "true");
    entries.at(index)?.focus();
  }

  function close() {
    menu.hidden = true;
    button.setAttribute("aria-expanded", "false");
  }

  function leave() {
    button.focus();
    close();
  }

  button.addEventListener("click", () => {
    if (menu.hidden) open(0);
    else leave();
  });
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open(event.key === "ArrowDown" ? 0 : -1);
  });
  holder.addEventListener("mousedown", (event) => event.preventDefault()); // otherwise Safari moves the focus, which closes the menu
  holder.addEventListener("focusout", ({ relatedTarget }) => {
    if (!holder.contains(/** @type {Node | null} */ (relatedTarget))) close();
  });
  menu.addEventListener("click", leave);
  menu.addEventListener("keydown", (event) => {
    const now = entries.findIndex((item) => item === document.activeElement);
    const next = {
      ArrowDown: (now + 1) % entries.length,
      ArrowUp: now - 1,
      Home: 0,
      End: -1,
    }[event.key];
    if (next !== undefined) entries.at(next)?.focus();
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
  });
  return holder;
}

/**
 * @param {Item} item
 * @param {string} id
 */
function entry({ label, hint, action }, id) {
  return element(
    "button",
    { type: "button", role: "menuitem", tabindex: -1, class: "menu-item", "aria-labelledby": id, "aria-describedby": `${id}-hint`, click: action },
    element("span", { id, class: "menu-label" }, label),
    element("span", { id: `${id}-hint`, class: "menu-hint" }, hint),
  );
}
