// @ts-check
/** The way in: sign in, or create an account. */

import { badge } from "./badge.js";
import { element } from "./dom.js";
import { OUTCOMES, WORDS } from "./findings.js";
import { Problem, sentence } from "./problem.js";
import * as session from "./session.js";

const MEANING = {
  failed: "The pixels prove that the contrast is too low.",
  cantTell: "The pixels leave it open, and Janus says why.",
  passed: "The contrast is high enough, measured at its lowest.",
};
const MODES = {
  signIn: { label: "Sign in", action: session.signIn, autocomplete: "current-password", shortest: 1 },
  register: { label: "Create account", action: session.register, autocomplete: "new-password", shortest: 15 },
};

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
      "Janus answers both from the pixels of a screenshot: each line of text with its contrast, and the colors as design tokens.",
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
  const notice = element("p", { class: "notice error", role: "alert", hidden: reason === null }, reason);
  const email = element("input", { id: "email", type: "email", autocomplete: "username", required: true });
  const password = element("input", { id: "password", type: "password", required: true, "aria-describedby": "password-hint" });
  const hint = element("span", { id: "password-hint", class: "quiet" });
  const submit = element("button", { class: "button primary" });
  const reveal = element("input", { type: "checkbox", id: "reveal" });
  reveal.addEventListener("change", () => {
    password.type = reveal.checked ? "text" : "password";
  });

  /** @param {typeof MODES.signIn} chosen */
  function choose(chosen) {
    mode = chosen;
    submit.textContent = mode.label;
    password.setAttribute("autocomplete", mode.autocomplete);
    password.minLength = mode.shortest;
    hint.textContent = mode === MODES.register ? "15 characters or more; a sentence is fine." : "";
  }
  choose(mode);

  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    notice.hidden = true;
    submit.disabled = true;
    for (const field of [email, password]) field.removeAttribute("aria-invalid");
    try {
      await mode.action({ email: email.value, password: password.value });
      onSignedIn();
    } catch (error) {
      notice.textContent = mode === MODES.register ? whyNotRegistered(error) : sentence(error);
      notice.hidden = false;
      markInvalid(error);
    } finally {
      submit.disabled = false;
    }
  }

  /** @param {unknown} error */
  function markInvalid(error) {
    const pointers = error instanceof Problem ? error.errors.map(({ pointer }) => pointer) : [];
    const invalid = [email, password].filter((field) => pointers.includes(`#/${field.id}`));
    for (const field of invalid) field.setAttribute("aria-invalid", "true");
    invalid[0]?.focus();
  }

  return element(
    "form",
    { class: "panel sign-in", submit: send },
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
    element("p", { class: "field" }, element("label", { for: "email" }, "E-mail"), email),
    element("p", { class: "field" }, element("label", { for: "password" }, "Password"), password, hint),
    element("p", { class: "check" }, reveal, element("label", { for: "reveal" }, "Show the password")),
    submit,
  );
}

/**
 * The server tells nobody whether an address has an account, so neither can the page.
 *
 * @param {unknown} error
 */
function whyNotRegistered(error) {
  if (error instanceof Problem && error.status === 401) {
    return "No account could be opened with this password. If the address has one already, sign in with its own; a mail says so.";
  }
  return sentence(error);
}
