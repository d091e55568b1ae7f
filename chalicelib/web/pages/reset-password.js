/** Choosing a new password, by a link from an email. */

import { send } from "../lib/api.js";
import * as device from "../lib/device.js";
import { element } from "../lib/dom.js";
import { messageOf } from "../lib/problem.js";
import { showFieldErrors, fieldErrorsOf, field, revealCheckbox } from "../parts/field.js";

/** @param {{token: string, onDone: () => void}} setting token: from the link; onDone: called after the password was changed */
export function resetPasswordPage({ token, onDone }) {
  const notice = element("p", { class: "notice error", role: "alert", hidden: true });
  const password = field("New password", { id: "new_password", type: "password", autocomplete: "new-password" });
  password.hint.textContent = "At least 15 characters. A sentence works well.";
  const revoke = element("input", { type: "checkbox", id: "revoke-api-keys" });
  const submit = element("button", { class: "button primary" }, "Change password");

  /** @param {Event} event */
  async function choose(event) {
    event.preventDefault();
    notice.hidden = true;
    showFieldErrors([password], new Map());
    submit.disabled = true;
    try {
      const body = { token, new_password: password.input.value, revoke_api_keys: revoke.checked };
      device.keep((await (await send("POST", "auth/password/reset", { body })).json()).device_token);
      onDone();
    } catch (error) {
      const errors = fieldErrorsOf(error);
      showFieldErrors([password], errors);
      notice.textContent = errors.has("new_password") ? "" : messageOf(error);
      notice.hidden = notice.textContent === "";
    } finally {
      submit.disabled = false;
    }
  }

  return element(
    "form",
    { class: "panel sign-in", novalidate: true, submit: choose },
    element("h1", { tabindex: -1 }, "Choose a new password"),
    element("p", { class: "quiet" }, "All sessions of the account are signed out."),
    notice,
    password.element,
    revealCheckbox(password.input),
    element("p", { class: "check" }, revoke, element("label", { for: revoke.id }, "Also revoke all API keys")),
    submit,
  );
}
