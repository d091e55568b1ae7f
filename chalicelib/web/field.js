// @ts-check
/** A labeled input, with a hint and room for a complaint. */

import { element } from "./dom.js";
import { Problem } from "./problem.js";

/** @typedef {ReturnType<typeof field>} Field */

/**
 * @param {string} label
 * @param {{id: string, type: string, autocomplete?: string}} attributes
 */
export function field(label, attributes) {
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
 * Complain at the fields that something is wrong with, and go to the first of them.
 *
 * @param {Field[]} fields
 * @param {Map<string, string>} complaints by the id of the field
 */
export function complainAt(fields, complaints) {
  for (const each of fields) each.complain(complaints.get(each.input.id) ?? "");
  fields.find(({ input }) => complaints.has(input.id))?.input.focus();
}

/**
 * @param {unknown} error
 * @returns {Map<string, string>} what is wrong, by the name of the request's field
 */
export function complaintsOf(error) {
  if (!(error instanceof Problem)) return new Map();
  return new Map(error.fields.map(({ pointer, sentence }) => [pointer.replace("#/", ""), sentence]));
}

/**
 * A box that shows what is typed into an input for passwords.
 *
 * @param {HTMLInputElement} input
 */
export function reveal(input) {
  const id = `${input.id}-reveal`;
  const box = element("input", { type: "checkbox", id });
  box.addEventListener("change", () => {
    input.type = box.checked ? "text" : "password";
  });
  return element("p", { class: "check" }, box, element("label", { for: id }, "Show the password"));
}
