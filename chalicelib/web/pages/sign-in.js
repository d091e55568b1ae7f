/** The sign-in page, where an account can also be created. */

import { send } from "../lib/api.js";
import { element } from "../lib/dom.js";
import { badge, OUTCOMES, WORDS } from "../lib/outcomes.js";
import { messageOf, Problem } from "../lib/problem.js";
import * as session from "../lib/session.js";
import { showFieldErrors, fieldErrorsOf, field, revealCheckbox } from "../parts/field.js";

const MEANING = {
  failed: "The pixels prove that the requirement is not met.",
  cantTell: "The pixels are not conclusive. Janus gives the reason.",
  passed: "The requirement is met even at the least favorable measurement.",
};
const MODES = {
  signIn: { label: "Sign in", action: session.signIn, autocomplete: "current-password", hint: "" },
  register: {
    label: "Create account",
    action: session.register,
    autocomplete: "new-password",
    hint: "At least 15 characters. A sentence works well.",
  },
};
const CODE_NEEDED = "second_factor_required";
const NOT_REGISTERED =
  "No account could be created with this password. If the email address already has an account, sign in with its password. An email explains this.";

/** @param {{onSignedIn: () => void, reason: string | null}} setting reason: why the person has to sign in again */
export function signInPage({ onSignedIn, reason }) {
  return element("div", { class: "sign-in-page" }, introduction(), form(onSignedIn, reason));
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

/**
 * @param {() => void} onSignedIn
 * @param {string | null} reason
 */
function form(onSignedIn, reason) {
  let mode = MODES.signIn;
  const notice = element("p", { class: "notice error", role: "alert" });
  const email = field("Email", { id: "email", type: "email", autocomplete: "username" });
  const password = field("Password", { id: "password", type: "password" });
  const code = field("Code", { id: "code", type: "text", autocomplete: "one-time-code" });
  code.hint.textContent = "The six digits from your authenticator app, or a recovery code.";
  code.element.hidden = true; // until the account requires it
  const submit = element("button", { class: "button primary" });
  const forgot = element("button", { type: "button", class: "button quiet", click: askForReset }, "Forgot password?");

  /** @param {typeof MODES.signIn} chosen */
  function choose(chosen) {
    mode = chosen;
    submit.textContent = mode.label;
    password.input.setAttribute("autocomplete", mode.autocomplete);
    password.hint.textContent = mode.hint;
    forgot.hidden = mode !== MODES.signIn;
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
    showNotice("");
    setErrors(new Map());
    forgot.disabled = true;
    try {
      await send("POST", "auth/password/forgot", { body: { email: email.input.value } });
      showNotice("If the email address has an account, an email with further steps has been sent to it.", false);
    } catch (error) {
      const errors = fieldErrorsOf(error);
      setErrors(errors);
      if (errors.size === 0) showNotice(messageOf(error));
    } finally {
      forgot.disabled = false;
    }
  }

  function codeIfAsked() {
    return code.element.hidden ? {} : { code: code.input.value };
  }

  function askForCode() {
    code.element.hidden = false;
    code.input.focus();
  }

  /** @param {Event} event */
  async function submitForm(event) {
    event.preventDefault();
    showNotice("");
    setErrors(new Map());
    submit.disabled = true;
    try {
      await mode.action({ email: email.input.value, password: password.input.value, ...codeIfAsked() });
      onSignedIn();
    } catch (error) {
      if (mode === MODES.signIn && error instanceof Problem && error.code === CODE_NEEDED) return askForCode();
      const errors = fieldErrorsIn(error, mode);
      setErrors(errors);
      if (errors.size === 0) showNotice(messageOf(error));
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
  );
}

/**
 * Return the messages about fields, by the field's id.
 *
 * @param {unknown} error
 * @param {typeof MODES.signIn} mode
 * @returns {Map<string, string>}
 */
function fieldErrorsIn(error, mode) {
  // The server does not reveal whether an email address has an account, so the page can't either.
  if (error instanceof Problem && error.code === "code_refused") return new Map([["code", messageOf(error)]]);
  if (error instanceof Problem && error.status === 401) {
    return new Map([["password", mode === MODES.register ? NOT_REGISTERED : messageOf(error)]]);
  }
  return fieldErrorsOf(error);
}
