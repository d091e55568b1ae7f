/** Confirmation of an action that can't be undone. */

import { element } from "../lib/dom.js";

/**
 * Ask in a modal dialog, and return whether the person confirmed.
 *
 * @param {{question: string, consequence: string, action: string}} words action: label of the confirming button
 * @returns {Promise<boolean>}
 */
export function confirm({ question, consequence, action }) {
  const dialog = element(
    "dialog",
    { class: "confirm", "aria-labelledby": "confirm-question", "aria-describedby": "confirm-consequence" },
    element("h2", { id: "confirm-question" }, question),
    element("p", { id: "confirm-consequence" }, consequence),
    element(
      "div",
      { class: "actions" },
      element("button", { type: "button", class: "button", click: () => dialog.close() }, "Cancel"),
      element("button", { type: "button", class: "button danger", click: () => dialog.close("yes") }, action),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
