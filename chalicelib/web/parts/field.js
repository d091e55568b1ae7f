/** Labeled inputs with a hint and an error message. */

import { element } from "../lib/dom.js";
import { Problem } from "../lib/problem.js";

/** The code of the problem with which the server asks for the code of a second factor. */
export const CODE_NEEDED = "second_factor_required";

/** @typedef {ReturnType<typeof field>} Field */

/**
 * @param {string} label
 * @param {{id: string, type: string, autocomplete?: string}} attributes
 */
export function field(label, attributes) {
  const { id } = attributes;
  const error = element("span", { id: `${id}-error`, class: "field-error" });
  const hint = element("span", { id: `${id}-hint`, class: "quiet" });
  const input = element("input", { ...attributes, required: true, "aria-describedby": `${error.id} ${hint.id}` });
  return {
    element: element("p", { class: "field" }, element("label", { for: id }, label), input, error, hint),
    input,
    hint,
    /** @param {string} message empty for a valid value */
    setError(message) {
      error.textContent = message;
      if (message) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
  };
}

/** A field for the code of a second factor, hidden until the account requires it. */
export function codeField() {
  const code = field("Code", { id: "code", type: "text", autocomplete: "one-time-code" });
  code.hint.textContent = "The six digits from your authenticator app, or a recovery code.";
  code.element.hidden = true;
  return {
    ...code,
    ask() {
      code.element.hidden = false;
      code.input.focus();
    },
    /** Return the part of a request with the code, if it was asked for. */
    ifAsked() {
      return code.element.hidden ? {} : { code: code.input.value };
    },
  };
}

/**
 * Show the errors at their fields, and focus the first field with one.
 *
 * @param {Field[]} fields
 * @param {Map<string, string>} errors messages by the id of the field
 */
export function showFieldErrors(fields, errors) {
  for (const each of fields) each.setError(errors.get(each.input.id) ?? "");
  fields.find(({ input }) => errors.has(input.id))?.input.focus();
}

/**
 * Return the messages about fields of a request, by the field's name.
 *
 * @param {unknown} error
 * @returns {Map<string, string>}
 */
export function fieldErrorsOf(error) {
  if (!(error instanceof Problem)) return new Map();
  return new Map(error.fields.map(({ pointer, message }) => [pointer.replace("#/", ""), message]));
}

/**
 * Return a checkbox that shows the characters of a password input.
 *
 * @param {HTMLInputElement} input
 */
export function revealCheckbox(input) {
  const id = `${input.id}-reveal`;
  const checkbox = element("input", { type: "checkbox", id });
  checkbox.addEventListener("change", () => {
    input.type = checkbox.checked ? "text" : "password";
  });
  return element("p", { class: "check" }, checkbox, element("label", { for: id }, "Show password"));
}
