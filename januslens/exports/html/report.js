/* Optional enhancements of the report: the number of issues shown, and marks that respond to the pointer. */
"use strict";

const issues = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".issue")]);
const groups = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".group")]);
const shown = document.getElementById("shown");

/** @param {HTMLElement} count shows the number of visible issues */
function updateCount(count) {
  for (const group of groups) group.hidden = false;
  const visible = issues.filter((issue) => issue.offsetParent !== null);
  for (const group of groups) group.hidden = !visible.some((issue) => group.contains(issue));
  count.textContent = `${visible.length} of ${issues.length} issues shown`;
}

/**
 * @param {HTMLElement} issue
 * @param {boolean} near whether the pointer is on the issue
 */
function highlight(issue, near) {
  for (const mark of document.querySelectorAll(`.mark[data-issue="${issue.dataset.issue}"]`)) {
    mark.classList.toggle("near", near);
  }
}

if (shown !== null) {
  document.addEventListener("change", () => updateCount(shown));
  updateCount(shown);
}
for (const issue of issues) {
  issue.addEventListener("pointerenter", () => highlight(issue, true));
  issue.addEventListener("pointerleave", () => highlight(issue, false));
}
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
