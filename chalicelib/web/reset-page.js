// @ts-check
/** Choosing another password, by the link of a mail. */

import { send } from "./api.js";
import { element } from "./dom.js";
import { complainAt, complaintsOf, field, reveal } from "./field.js";
import { sentence } from "./problem.js";

/** @param {{token: string, onDone: () => void}} setting token: the link's; onDone: called once the password is chosen */
export function resetPage({ token, onDone }) {
  const notice = element("p", { class: "notice error", role: "alert", hidden: true });
  const password = field("New password", { id: "new_password", type: "password", autocomplete: "new-password" });
  password.hint.textContent = "15 characters or more; a sentence is fine.";
  const submit = element("button", { class: "button primary" }, "Choose this password");

  /** @param {Event} event */
  async function choose(event) {
    event.preventDefault();
    notice.hidden = true;
    complainAt([password], new Map());
    submit.disabled = true;
    try {
      await send("POST", "auth/password/reset", { body: { token, new_password: password.input.value } });
      onDone();
    } catch (error) {
      const complaints = complaintsOf(error);
      complainAt([password], complaints);
      notice.textContent = complaints.has("new_password") ? "" : sentence(error);
      notice.hidden = notice.textContent === "";
    } finally {
      submit.disabled = false;
    }
  }

  return element(
    "form",
    { class: "panel sign-in", novalidate: true, submit: choose },
    element("h1", { tabindex: -1 }, "Choose a new password"),
    element("p", { class: "quiet" }, "Whoever is signed in to the account is signed out."),
    notice,
    password.element,
    reveal(password.input),
    submit,
  );
}
