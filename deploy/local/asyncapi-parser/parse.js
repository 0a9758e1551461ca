// Reads an AsyncAPI document from stdin; answers on stdout, in JSON, what the official parser says.
"use strict";

const { readFileSync } = require("node:fs");
const { Parser } = require("@asyncapi/parser");

const SEVERITIES = ["error", "warning", "information", "hint"];

async function parse(text) {
  const { document, diagnostics } = await new Parser().parse(text);
  return {
    understood: document
      ? {
          channels: document.channels().all().map((each) => each.id()),
          messages: document.messages().all().map((each) => each.name()),
          operations: document.operations().all().map((each) => each.id()),
        }
      : null,
    diagnostics: diagnostics.map(({ message, path, severity }) => ({
      message,
      path: path.join("."),
      severity: SEVERITIES[severity],
    })),
  };
}

parse(readFileSync(0, "utf-8")).then((answer) => process.stdout.write(JSON.stringify(answer)));
