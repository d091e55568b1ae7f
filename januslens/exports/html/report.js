/* What the report can do without, and is better with: how many issues are shown, and where the one under the pointer is. */
"use strict";

const issues = [...document.querySelectorAll(".issue")];
const groups = [...document.querySelectorAll(".group")];
const shown = document.getElementById("shown");

function countShown() {
  for (const group of groups) group.hidden = false;
  const visible = issues.filter((issue) => issue.offsetParent !== null);
  for (const group of groups) group.hidden = !visible.some((issue) => group.contains(issue));
  shown.textContent = `${visible.length} of ${issues.length} issues shown`;
}

function pointOut(issue, near) {
  for (const mark of document.querySelectorAll(`.mark[data-issue="${issue.dataset.issue}"]`)) {
    mark.classList.toggle("near", near);
  }
}

if (shown !== null) {
  document.addEventListener("change", countShown);
  countShown();
}
for (const issue of issues) {
  issue.addEventListener("pointerenter", () => pointOut(issue, true));
  issue.addEventListener("pointerleave", () => pointOut(issue, false));
}
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
