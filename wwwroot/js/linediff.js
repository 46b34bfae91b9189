// Two texts line by line. Pure: nothing is asked of the page.

// beyond this the table of a comparison is too large: then the middle is shown as changed as a whole
const MOST = 2_000_000;

/** What became of the lines of `a` in `b`: [{ type: "same" | "del" | "ins", text }], what went before what came. */
export function diffLines(a, b) {
  const [old, now] = [a.split("\n"), b.split("\n")];
  let head = 0, tail = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  while (tail < old.length - head && tail < now.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const same = lines => lines.map(text => ({ type: "same", text }));
  return [...same(old.slice(0, head)), ...middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail)), ...same(old.slice(old.length - tail))];
}

function middle(old, now) {
  const all = [], width = now.length + 1;
  let i = 0, j = 0;
  if (old.length * now.length <= MOST) {
    // the longest common run of lines from each place on
    const common = new Uint16Array((old.length + 1) * width);
    for (let x = old.length - 1; x >= 0; x--) {
      for (let y = now.length - 1; y >= 0; y--) common[x * width + y] = old[x] === now[y] ? common[(x + 1) * width + y + 1] + 1 : Math.max(common[(x + 1) * width + y], common[x * width + y + 1]);
    }
    while (i < old.length && j < now.length) {
      if (old[i] === now[j]) { all.push({ type: "same", text: old[i++] }); j++; }
      else if (common[(i + 1) * width + j] >= common[i * width + j + 1]) all.push({ type: "del", text: old[i++] });
      else all.push({ type: "ins", text: now[j++] });
    }
  }
  while (i < old.length) all.push({ type: "del", text: old[i++] });
  while (j < now.length) all.push({ type: "ins", text: now[j++] });
  return all;
}

/** Both texts in one, to be put in order by hand: what they share once, where they differ first the one and then the other. */
export function both(a, b) {
  return diffLines(a, b).map(line => line.text).join("\n");
}
