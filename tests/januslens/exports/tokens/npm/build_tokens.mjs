// Reads tokens from the standard input as the tools named on the command line do, and prints what becomes of them.

import { readFileSync } from "node:fs";
import { defineConfig, parse } from "@terrazzo/parser";
import { register } from "@tokens-studio/sd-transforms";
import StyleDictionary from "style-dictionary";

const written = readFileSync(0, "utf8");

/** Each warning is an error. */
async function build(options, transforms, format) {
  const dictionary = new StyleDictionary({
    tokens: JSON.parse(written),
    log: { verbosity: "silent", warnings: "error" },
    ...options,
    platforms: { only: { ...transforms, files: [{ destination: "tokens", format }] } },
  });
  const files = await dictionary.formatPlatform("only");
  return files[0]?.output ?? "";
}

const TOOLS = {
  "style-dictionary-css": () => build({}, { transformGroup: "css" }, "css/variables"),
  "style-dictionary-scss": () => build({}, { transformGroup: "scss" }, "scss/variables"),
  "tokens-studio": () => {
    register(StyleDictionary, { excludeParentKeys: true });
    return build({ preprocessors: ["tokens-studio"] }, { transformGroup: "tokens-studio", transforms: ["name/kebab"] }, "css/variables");
  },
  terrazzo: async () => {
    const config = defineConfig({}, { cwd: new URL("file:///") });
    const { tokens } = await parse([{ filename: new URL("file:///read.tokens.json"), src: written }], { config });
    return JSON.stringify(Object.fromEntries(Object.entries(tokens).map(([name, token]) => [name, token.$value])));
  },
  /** The tokens of each of the theme's contexts. */
  "terrazzo-resolver": async () => {
    const config = defineConfig({}, { cwd: new URL("file:///") });
    const { resolver } = await parse([{ filename: new URL("file:///read.resolver.json"), src: written }], { config });
    const contexts = Object.keys(resolver.source.modifiers?.theme?.contexts ?? {});
    const inputs = contexts.length ? contexts.map((theme) => [theme, { theme }]) : [["none", {}]];
    return JSON.stringify(Object.fromEntries(inputs.map(([context, input]) => [
      context, Object.fromEntries(Object.entries(resolver.apply(input)).map(([name, token]) => [name, token.$value])),
    ])));
  },
};

const made = {};
for (const tool of process.argv.slice(2)) made[tool] = await TOOLS[tool]();
console.log(JSON.stringify(made));
