/** The sign-in page, where an account can also be created. */

import { send } from "../lib/api.js";
import * as device from "../lib/device.js";
import { element } from "../lib/dom.js";
import { badge, OUTCOMES, WORDS } from "../lib/outcomes.js";
import { messageOf, Problem } from "../lib/problem.js";
import * as session from "../lib/session.js";
import { CODE_NEEDED, codeField, showFieldErrors, fieldErrorsOf, field, revealCheckbox } from "../parts/field.js";

const MEANING = {
  failed: "The pixels prove that the requirement is not met.",
  cantTell: "The pixels are not conclusive. Janus gives the reason.",
  passed: "The requirement is met even at the least favorable measurement.",
};
const MODES = {
  signIn: { label: "Sign in", autocomplete: "current-password", hint: "" },
  register: {
    label: "Create account",
    autocomplete: "new-password",
    hint: "At least 15 characters. A sentence works well.",
  },
};

/**
 * @typedef {object} Setting
 * @property {() => void} onSignedIn
 * @property {(email: string) => void} onRegistered called when an account was created whose address is to be confirmed
 * @property {() => string | null} invitation the token of an invitation that the person follows, if any
 * @property {string | null} reason why the person has to sign in again
 */

/** @param {Setting} setting */
export function signInPage(setting) {
  return element("div", { class: "sign-in-page" }, introduction(), form(setting));
}

function introduction() {
  return element(
    "div",
    { class: "introduction" },
    element("h1", { tabindex: -1 }, "Find accessibility issues and design tokens in a screenshot"),
    element(
      "p",
      { class: "lead" },
      "Janus measures the pixels of a screenshot. It reports what does not meet WCAG and how to fix it, and returns the colors as design tokens.",
    ),
    element(
      "dl",
      { class: "legend" },
      ...OUTCOMES.map((outcome) =>
        element(
          "div",
          {},
          element("dt", {}, badge(outcome, WORDS[outcome].sign), WORDS[outcome].label),
          element("dd", {}, MEANING[outcome]),
        ),
      ),
    ),
  );
}

/** @param {Setting} setting */
function form({ onSignedIn, onRegistered, invitation, reason }) {
  let mode = MODES.signIn;
  const notice = element("p", { class: "notice error", role: "alert" });
  const email = field("Email", { id: "email", type: "email", autocomplete: "username" });
  const password = field("Password", { id: "password", type: "password" });
  const code = codeField();
  const submit = element("button", { class: "button primary" });
  const forgot = element("button", { type: "button", class: "button quiet", click: askForReset }, "Forgot password?");
  const resend = element("button", { type: "button", class: "button quiet", click: askForLink }, "Send the confirmation link again");

  /** @param {typeof MODES.signIn} chosen */
  function choose(chosen) {
    mode = chosen;
    submit.textContent = mode.label;
    password.input.setAttribute("autocomplete", mode.autocomplete);
    password.hint.textContent = mode.hint;
    forgot.hidden = mode !== MODES.signIn;
    resend.hidden = true; // until signing in is refused
    code.element.hidden = true;
    setErrors(new Map());
  }
  choose(mode);
  showNotice(reason ?? "");

  /**
   * @param {string} message empty to hide it
   * @param {boolean} [isError]
   */
  function showNotice(message, isError = true) {
    notice.textContent = message;
    notice.hidden = message === "";
    notice.classList.toggle("error", isError);
  }

  /** @param {Map<string, string>} errors messages by the id of the field */
  function setErrors(errors) {
    showFieldErrors([email, password, code], errors);
  }

  async function askForReset() {
    const sent = "If the email address has an account, an email with further steps has been sent to it.";
    await askForEmail("auth/password/forgot", forgot, () => showNotice(sent, false), device.field());
  }

  async function askForLink() {
    await askForEmail("auth/email/resend", resend, () => onRegistered(email.input.value));
  }

  /**
   * @param {string} path of the request
   * @param {HTMLButtonElement} button that was pressed
   * @param {() => void} onSent
   * @param {{device_token?: string}} [more] further fields of the request
   */
  async function askForEmail(path, button, onSent, more) {
    showNotice("");
    setErrors(new Map());
    button.disabled = true;
    try {
      await send("POST", path, { body: { email: email.input.value, ...more } });
      onSent();
    } catch (error) {
      const errors = fieldErrorsOf(error);
      setErrors(errors);
      if (errors.size === 0) showNotice(messageOf(error));
    } finally {
      button.disabled = false;
    }
  }

  async function signIn() {
    await session.signIn({ email: email.input.value, password: password.input.value, ...code.ifAsked() });
    onSignedIn();
  }

  async function register() {
    const credentials = { email: email.input.value, password: password.input.value };
    const token = invitation();
    if (token === null) {
      await session.register(credentials);
      onRegistered(credentials.email);
      return;
    }
    await session.register({ ...credentials, invitation: token }); // it was sent to the address, and confirms it
    await signIn();
  }

  /** @param {Event} event */
  async function submitForm(event) {
    event.preventDefault();
    showNotice("");
    setErrors(new Map());
    submit.disabled = true;
    try {
      await (mode === MODES.signIn ? signIn() : register());
    } catch (error) {
      if (error instanceof Problem && error.code === CODE_NEEDED) return code.ask();
      resend.hidden = !(error instanceof Problem && error.code === "invalid_credentials");
      const errors = fieldErrorsIn(error);
      setErrors(errors);
      if (errors.size === 0 || errors.has("invitation")) showNotice(messageOf(error));
    } finally {
      submit.disabled = false;
    }
  }

  return element(
    "form",
    { class: "panel sign-in", novalidate: true, submit: submitForm }, // the server's errors are shown at their fields
    element(
      "fieldset",
      { class: "segments" },
      element("legend", { class: "unseen" }, "Sign in or create an account"),
      ...Object.values(MODES).map((each) =>
        element(
          "label",
          {},
          element("input", { type: "radio", name: "mode", checked: each === mode, change: () => choose(each) }),
          element("span", {}, each.label),
        ),
      ),
    ),
    notice,
    email.element,
    password.element,
    revealCheckbox(password.input),
    code.element,
    submit,
    forgot,
    resend,
  );
}

/**
 * Return the messages about fields, by the field's id.
 *
 * @param {unknown} error
 * @returns {Map<string, string>}
 */
function fieldErrorsIn(error) {
  // The server does not reveal whether an email address has an account, so the page can't either.
  if (error instanceof Problem && error.code === "code_refused") return new Map([["code", messageOf(error)]]);
  if (error instanceof Problem && error.status === 401) return new Map([["password", messageOf(error)]]);
  return fieldErrorsOf(error);
}
