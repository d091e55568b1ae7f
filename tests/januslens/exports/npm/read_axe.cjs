// Reads axe-core's results and prints what their readers make of them, and axe-core's own rules.
const axe = require("axe-core");
const { createHtmlReport } = require("axe-html-reporter");
const { convertAxeToSarif } = require("axe-sarif-converter");

const results = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const html = createHtmlReport({ results, options: { doNotCreateReportFile: true } });
const rules = Object.fromEntries(axe.getRules().map(({ ruleId, tags }) => [ruleId, tags]));
console.log(JSON.stringify({ sarif: convertAxeToSarif(results), html, rules }));
