// Holds the browser's parser of capture lines to the same cases as the server's. Run: node --test tests/js
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parseLine, wallTime } from "../../wwwroot/js/captureline.js";

const cases = JSON.parse(readFileSync(new URL("../capture-cases.json", import.meta.url), "utf8"));

for (const c of cases) {
  test(c.name, () => {
    const { kind, at, precision, body } = parseLine(c.text, Date.parse(c.now), c.zone, c.defaultKind);
    assert.deepEqual({ kind, at, precision, body }, { kind: c.kind, at: c.at, precision: c.precision, body: c.body });
  });
}

test("the token is what was typed for the time", () => {
  assert.equal(parseLine("! ~06:05 x", Date.parse("2026-11-22T12:00:00Z"), "UTC").token, "~06:05");
});

test("a zone that the browser does not know counts as UTC", () => {
  assert.equal(parseLine("06:05 x", Date.parse("2026-11-22T12:00:00Z"), "Nowhere/Here").at, "2026-11-22T06:05:00Z");
});

test("a hundred thousand characters are read at once", () => {
  assert.equal(parseLine("x ".repeat(50_000), 0, "UTC").body.length, 99_999);
});

test("a wall time names its day when that is not today", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  assert.equal(wallTime(Date.parse("2026-11-22T11:05:00Z"), "America/New_York", now), "06:05");
  assert.equal(wallTime(Date.parse("2026-11-21T19:05:00Z"), "America/New_York", now), "Nov 21 14:05");
});
