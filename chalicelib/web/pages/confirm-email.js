/** Confirming the email address of a new account: waiting for the link, and opening it. */

import { send } from "../lib/api.js";
import { element } from "../lib/dom.js";
import { messageOf, Problem } from "../lib/problem.js";
import * as session from "../lib/session.js";
import { CODE_NEEDED, codeField, showFieldErrors, fieldErrorsOf, field, revealCheckbox } from "../parts/field.js";

/**
 * The page after an account was created, which asks to open the link in the email.
 *
 * @param {{email: string, goBack: () => void}} setting goBack: to the sign-in page
 */
export function checkMailPage({ email, goBack }) {
  const notice = element("p", { class: "notice", role: "alert", hidden: true });
  const again = element("button", { type: "button", class: "button", click: sendAgain }, "Send the link again");

  async function sendAgain() {
    again.disabled = true;
    notice.hidden = true;
    let message = "We sent another email. The link of the earlier one is no longer valid.";
    let failed = false;
    try {
      await send("POST", "auth/email/resend", { body: { email } });
    } catch (error) {
      message = messageOf(error);
      failed = true;
    }
    notice.textContent = message;
    notice.classList.toggle("error", failed);
    notice.hidden = false;
    again.disabled = false;
  }

  return element(
    "div",
    { class: "panel sign-in" },
    element("h1", { tabindex: -1 }, "Check your email"),
    element("p", {}, "We sent an email to ", element("strong", {}, email), ". Open the link in it within one day to start."),
    element("p", { class: "quiet" }, "If the address already has an account, the email says so. No email? Look into the spam folder."),
    notice,
    again,
    element("button", { type: "button", class: "button quiet", click: goBack }, "Back to sign in"),
  );
}

/**
 * The page that the link in the email opens.
 *
 * @param {{token: string, onSignedIn: () => void, signal: AbortSignal}} setting token: from the link
 */
export function confirmEmailPage({ token, onSignedIn, signal }) {
  const notice = element("p", { class: "notice error", role: "alert", hidden: true });
  const password = field("Password", { id: "password", type: "password", autocomplete: "current-password" });
  password.hint.textContent = "The one that you created the account with.";
  const code = codeField();
  const submit = element("button", { class: "button primary" }, "Confirm and sign in");
  session.confirmFromOtherTab(token, onSignedIn, signal);

  /** @param {Event} event */
  async function confirm(event) {
    event.preventDefault();
    notice.hidden = true;
    showFieldErrors([password, code], new Map());
    submit.disabled = true;
    try {
      await session.confirm({ token, password: password.input.value, ...code.ifAsked() });
      onSignedIn();
    } catch (error) {
      showError(error);
    } finally {
      submit.disabled = false;
    }
  }

  /** @param {unknown} error */
  function showError(error) {
    if (error instanceof Problem && error.code === CODE_NEEDED) return code.ask();
    const errors = fieldErrorsOf(error);
    showFieldErrors([password, code], errors);
    notice.textContent = errors.has("password") ? "" : messageOf(error);
    notice.hidden = notice.textContent === "";
  }

  return element(
    "form",
    { class: "panel sign-in", novalidate: true, submit: confirm },
    element("h1", { tabindex: -1 }, "Confirm your email address"),
    element("p", { class: "quiet" }, "Enter your password to confirm the address and to sign in."),
    notice,
    password.element,
    revealCheckbox(password.input),
    code.element,
    submit,
  );
}
