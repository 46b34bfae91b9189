// Two texts line by line. Run: node --test tests/js
import { test } from "node:test";
import assert from "node:assert/strict";
import { both, diffLines } from "../../wwwroot/js/linediff.js";

const marks = (a, b) => diffLines(a, b).map(({ type, text }) => `${{ same: " ", del: "-", ins: "+" }[type]}${text}`);

test("what is the same stays once", () => {
  assert.deepEqual(marks("a\nb\nc", "a\nb\nc"), [" a", " b", " c"]);
  assert.deepEqual(marks("", ""), [" "]);
});

test("what went stands before what came", () => {
  assert.deepEqual(marks("a\nb\nc", "a\nx\nc"), [" a", "-b", "+x", " c"]);
  assert.deepEqual(marks("a\nb", "a\nb\nc"), [" a", " b", "+c"]);
  assert.deepEqual(marks("a\nb\nc\nd", "b\nc\ne\nd"), ["-a", " b", " c", "+e", " d"]);
});

test("both in one hold every line of each", () => {
  assert.equal(both("one\ntwo\nfour", "one\nthree\nfour"), "one\ntwo\nthree\nfour");
});

test("very long texts are compared at once", () => {
  const text = word => Array.from({ length: 5_000 }, (_, n) => `${word} ${n}`).join("\n");
  assert.equal(diffLines(text("a"), text("b")).length, 10_000);
  assert.equal(diffLines(`${text("a")}\nx`, `${text("a")}\ny`).length, 5_002);
});
