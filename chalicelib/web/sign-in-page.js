// @ts-check
/** The way in: sign in, or create an account. */

import { badge } from "./badge.js";
import { element } from "./dom.js";
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
  const submit = element("button", { class: "button primary" });
  const reveal = element("input", { type: "checkbox", id: "reveal" });
  reveal.addEventListener("change", () => {
    password.input.type = reveal.checked ? "text" : "password";
  });

  /** @param {typeof MODES.signIn} chosen */
  function choose(chosen) {
    mode = chosen;
    submit.textContent = mode.label;
    password.input.setAttribute("autocomplete", mode.autocomplete);
    password.hint.textContent = mode.hint;
    complain(new Map());
  }
  choose(mode);
  say(reason ?? "");

  /** @param {string} words */
  function say(words) {
    notice.textContent = words;
    notice.hidden = words === "";
  }

  /** @param {Map<string, string>} complaints by the id of the field */
  function complain(complaints) {
    for (const each of [email, password]) each.complain(complaints.get(each.input.id) ?? "");
    [email, password].find(({ input }) => complaints.has(input.id))?.input.focus();
  }

  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    say("");
    complain(new Map());
    submit.disabled = true;
    try {
      await mode.action({ email: email.input.value, password: password.input.value });
      onSignedIn();
    } catch (error) {
      const complaints = complaintsOf(error, mode);
      complain(complaints);
      if (complaints.size === 0) say(sentence(error));
    } finally {
      submit.disabled = false;
    }
  }

  return element(
    "form",
    { class: "panel sign-in", novalidate: true, submit: send }, // what is wrong is said at its field, by the server
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
    element("p", { class: "check" }, reveal, element("label", { for: "reveal" }, "Show the password")),
    submit,
  );
}

/**
 * A labeled input, with a hint and room for a complaint.
 *
 * @param {string} label
 * @param {{id: string, type: string, autocomplete?: string}} attributes
 */
function field(label, attributes) {
  const { id } = attributes;
  const complaint = element("span", { id: `${id}-complaint`, class: "complaint" });
  const hint = element("span", { id: `${id}-hint`, class: "quiet" });
  const input = element("input", { ...attributes, required: true, "aria-describedby": `${complaint.id} ${hint.id}` });
  return {
    element: element("p", { class: "field" }, element("label", { for: id }, label), input, complaint, hint),
    input,
    hint,
    /** @param {string} words empty where all is well */
    complain(words) {
      complaint.textContent = words;
      if (words) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
  };
}

/**
 * @param {unknown} error
 * @param {typeof MODES.signIn} mode
 * @returns {Map<string, string>} what is wrong, by the id of the field
 */
function complaintsOf(error, mode) {
  if (!(error instanceof Problem)) return new Map();
  // The server tells nobody whether an address has an account, so neither can the page.
  if (error.status === 401) return new Map([["password", mode === MODES.register ? NOT_REGISTERED : sentence(error)]]);
  return new Map(error.fields.map(({ pointer, sentence }) => [pointer.replace("#/", ""), sentence]));
}
