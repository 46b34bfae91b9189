// Words about files. Run: node --test tests/js
import { test } from "node:test";
import assert from "node:assert/strict";
import { markdownOf, pastedName, placed, shortName, sizeText } from "../../wwwroot/js/filetext.js";

const id = "01990000-0000-7000-8000-000000000001";

test("a picture shows itself and anything else is a link", () => {
  assert.equal(markdownOf({ id, name: "graph.png", isImage: true }), `![graph.png](attachment:${id})`);
  assert.equal(markdownOf({ id, name: "dump.pcap", isImage: false }), `[dump.pcap](attachment:${id})`);
});

test("a name stays a name in Markdown", () => {
  assert.equal(markdownOf({ id, name: "a](x) [*b*_c\\`<d>", isImage: false }), `[a\\](x) \\[\\*b\\*\\_c\\\\\\\`\\<d\\>](attachment:${id})`);
});

test("a picture stands on a line of its own", () => {
  assert.equal(placed("![x]", "", ""), "![x]");
  assert.equal(placed("![x]", "see", "after"), "\n![x]\n");
  assert.equal(placed("![x]", "see\n", "\nafter"), "![x]");
});

test("a link stands between blanks", () => {
  assert.equal(placed("[x]", "", ""), "[x] ");
  assert.equal(placed("[x]", "see", " after"), " [x]");
  assert.equal(placed("[x]", "see ", "after"), "[x] ");
});

test("a long name keeps its end and no half of a letter", () => {
  const short = shortName(`${"🙂".repeat(120)}.pcapng`);
  assert.ok(short.length <= 160 && short.endsWith(".pcapng") && short.isWellFormed());
  assert.equal(shortName("graph.png"), "graph.png");
});

test("a pasted picture gets a name that says when", () => {
  assert.equal(pastedName("image.png", Date.parse("2026-11-27T14:05:09.123Z")), "image-20261127-140509Z.png");
  assert.equal(pastedName("uplink.png", 0), "uplink.png");
});

test("sizes are those of files", () => {
  assert.equal(sizeText(1, "en"), "1 kB");
  assert.equal(sizeText(10 * 1024 * 1024, "en"), "10 MB");
  assert.equal(sizeText(10 * 1024 * 1024 + 1, "es"), "10.1 MB");
});
