// @ts-check
/** The way in: sign in, or create an account. */

import { send } from "./api.js";
import { badge } from "./badge.js";
import { element } from "./dom.js";
import { complainAt, complaintsOf, field, reveal } from "./field.js";
import { OUTCOMES, WORDS } from "./outcomes.js";
import { Problem, sentence } from "./problem.js";
import * as session from "./session.js";

const MEANING = {
  failed: "The pixels prove that it falls short.",
  cantTell: "The pixels leave it open, and Janus says why.",
  passed: "It is good enough, measured at its worst.",
};
const MODES = {
  signIn: { label: "Sign in", action: session.signIn, autocomplete: "current-password", hint: "" },
  register: {
    label: "Create account",
    action: session.register,
    autocomplete: "new-password",
    hint: "15 characters or more; a sentence is fine.",
  },
};
const CODE_NEEDED = "second_factor_required";
const NOT_REGISTERED =
  "No account could be opened with this password. If the address has one already, sign in with its own; a mail says so.";

/** @param {{onSignedIn: () => void, reason: string | null}} setting reason: why one is here again */
export function signInPage({ onSignedIn, reason }) {
  return element("div", { class: "sign-in-page" }, introduction(), form(onSignedIn, reason));
}

function introduction() {
  return element(
    "div",
    { class: "introduction" },
    element("h1", { tabindex: -1 }, "What will people fail to read, and what is it drawn with?"),
    element(
      "p",
      { class: "lead" },
      "Janus answers both from the pixels of a screenshot: what falls short of WCAG with how to mend it, and the colors as design tokens.",
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
  const email = field("E-mail", { id: "email", type: "email", autocomplete: "username" });
  const password = field("Password", { id: "password", type: "password" });
  const code = field("Code", { id: "code", type: "text", autocomplete: "one-time-code" });
  code.hint.textContent = "Six digits of the authenticator app, or a code to recover by.";
  code.element.hidden = true; // until an account asks for it
  const submit = element("button", { class: "button primary" });
  const forgot = element("button", { type: "button", class: "button quiet", click: askForReset }, "Forgot password");

  /** @param {typeof MODES.signIn} chosen */
  function choose(chosen) {
    mode = chosen;
    submit.textContent = mode.label;
    password.input.setAttribute("autocomplete", mode.autocomplete);
    password.hint.textContent = mode.hint;
    forgot.hidden = mode !== MODES.signIn;
    code.element.hidden = true;
    complain(new Map());
  }
  choose(mode);
  say(reason ?? "");

  /**
   * @param {string} words
   * @param {boolean} [isError]
   */
  function say(words, isError = true) {
    notice.textContent = words;
    notice.hidden = words === "";
    notice.classList.toggle("error", isError);
  }

  /** @param {Map<string, string>} complaints by the id of the field */
  function complain(complaints) {
    complainAt([email, password, code], complaints);
  }

  async function askForReset() {
    say("");
    complain(new Map());
    forgot.disabled = true;
    try {
      await send("POST", "auth/password/forgot", { body: { email: email.input.value } });
      say("A mail is on its way that says how to go on.", false);
    } catch (error) {
      const complaints = complaintsOf(error);
      complain(complaints);
      if (complaints.size === 0) say(sentence(error));
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
  async function enter(event) {
    event.preventDefault();
    say("");
    complain(new Map());
    submit.disabled = true;
    try {
      await mode.action({ email: email.input.value, password: password.input.value, ...codeIfAsked() });
      onSignedIn();
    } catch (error) {
      if (mode === MODES.signIn && error instanceof Problem && error.code === CODE_NEEDED) return askForCode();
      const complaints = complaintsIn(error, mode);
      complain(complaints);
      if (complaints.size === 0) say(sentence(error));
    } finally {
      submit.disabled = false;
    }
  }

  return element(
    "form",
    { class: "panel sign-in", novalidate: true, submit: enter }, // what is wrong is said at its field, by the server
    element(
      "fieldset",
      { class: "segments" },
      element("legend", { class: "unseen" }, "What to do"),
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
    reveal(password.input),
    code.element,
    submit,
    forgot,
  );
}

/**
 * @param {unknown} error
 * @param {typeof MODES.signIn} mode
 * @returns {Map<string, string>} what is wrong, by the id of the field
 */
function complaintsIn(error, mode) {
  // The server tells nobody whether an address has an account, so neither can the page.
  if (error instanceof Problem && error.code === "code_refused") return new Map([["code", sentence(error)]]);
  if (error instanceof Problem && error.status === 401) {
    return new Map([["password", mode === MODES.register ? NOT_REGISTERED : sentence(error)]]);
  }
  return complaintsOf(error);
}
