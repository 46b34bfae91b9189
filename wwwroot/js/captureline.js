// What a typed line says: kind by prefix, time of the event by a leading token, text. The same grammar as CaptureLine on the
// server; tests/capture-cases.json holds both to it. Pure: the current time and the zone are given.

const KINDS = { "!": "action", "?": "observation", "=": "decision", "@": "communication" };
const SPACE = "[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const LEADING = new RegExp(`^${SPACE}+`);
const OUTER = new RegExp(`^${SPACE}+|${SPACE}+$`, "g");
const TEXT_FOLLOWS = "(?=\\s+\\S)";
const RELATIVE = new RegExp(`^([~<>]?)-(?=[0-9])(?:([0-9]{1,4})d)?(?:([0-9]{1,5})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,7})s)?${TEXT_FOLLOWS}`, "i");
const CLOCK = new RegExp(
  "^(?:(yesterday|ayer|today|hoy)[ \\t]+|([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ \\t]+|T))?" +
  "([~<>]?)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?" +
  `(?:(Z)|[ \\t]?([ap])(?:m|\\.[ \\t]?m\\.))?${TEXT_FOLLOWS}`, "i");
const PRECISION = { "": "exact", "~": "about", "<": "before", ">": "after" };
// an attached image is text, whatever it begins with
const isImage = text => text.startsWith("![") && text.includes("](attachment:");
const MINUTE = 60_000, DAY = 86_400_000;

/**
 * Reads a line.
 * @param {string} text as typed
 * @param {number} now milliseconds since the epoch
 * @param {string} zone IANA name of the zone that a time without "Z" is meant in
 * @param {string} [defaultKind] the kind when there is no prefix
 * @returns {{kind: string, at: string|null, precision: string|null, body: string, token: string|null, prefix: string|null}}
 *   at is UTC in ISO 8601; token is the time as typed
 */
export function parseLine(text, now, zone, defaultKind = "note") {
  let rest = text.replace(/\r\n?/g, "\n").replace(OUTER, "");
  let prefix = null, time = null, token = null;
  for (;;) {
    if (!prefix && rest[0] === "\\" && rest[1] in KINDS) { rest = rest.slice(1); break; }
    if (!prefix && rest[0] in KINDS && !isImage(rest)) { prefix = rest[0]; rest = rest.slice(1).replace(LEADING, ""); continue; }
    const read = time ? null : readTime(rest, now, zone);
    if (!read) break;
    time = read;
    token = rest.slice(0, read.length);
    rest = rest.slice(read.length).replace(LEADING, "");
  }
  return { kind: prefix ? KINDS[prefix] : defaultKind, at: time ? iso(time.at) : null, precision: time?.precision ?? null, body: rest, token, prefix };
}

function readTime(text, now, zone) {
  const head = text.slice(0, 80);
  const relative = RELATIVE.exec(head);
  if (relative) {
    const [d, h, m, s] = relative.slice(2).map(n => Number(n ?? 0));
    return { at: now - (d * DAY + h * 60 * MINUTE + m * MINUTE + s * 1000), precision: PRECISION[relative[1]], length: relative[0].length };
  }
  const clock = CLOCK.exec(head);
  return clock && readClock(clock, now, zone);
}

function readClock([all, word, year, month, day, mark, hourText, minuteText, secondText, utc, half], now, zone) {
  let hour = Number(hourText);
  const minute = Number(minuteText), second = Number(secondText ?? 0);
  if (half) {
    if (hour < 1 || hour > 12) return null;
    hour = hour % 12 + (half.toLowerCase() === "p" ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || second > 59) return null;
  const where = utc ? "UTC" : zone;
  const clock = ((hour * 60 + minute) * 60 + second) * 1000;
  let date = Math.floor((now + offset(now, where)) / DAY) * DAY;
  if (year) {
    date = Date.UTC(Number(year), Number(month) - 1, Number(day));
    if (new Date(date).getUTCDate() !== Number(day) || new Date(date).getUTCMonth() !== Number(month) - 1) return null;
  } else if (word && /^(yesterday|ayer)$/i.test(word)) {
    date -= DAY;
  }
  let found = toInstant(date + clock, where, PRECISION[mark]);
  // a time without a day is today's, unless that lies ahead by more than a clock may run fast
  if (!year && !word && found.at > now + 5 * MINUTE) found = toInstant(date - DAY + clock, where, PRECISION[mark]);
  return { ...found, length: all.length };
}

/* A wall time that a clock change skips or repeats has two readings: the later bounds from above, else the earlier, and it is only about. */
function toInstant(wall, zone, precision) {
  const offsets = [...new Set([offset(wall - DAY, zone), offset(wall + DAY, zone)])];
  const readings = offsets.map(o => wall - o);
  const valid = readings.filter((at, i) => offset(at, zone) === offsets[i]);
  if (valid.length === 1) return { at: valid[0], precision };
  const both = valid.length ? valid : readings;
  if (precision === "before") return { at: Math.max(...both), precision };
  return { at: Math.min(...both), precision: precision === "exact" ? "about" : precision };
}

const formats = new Map();

/** What the zone's wall clock is ahead of UTC at an instant, in milliseconds; an unknown zone counts as UTC. */
export function offset(at, zone) {
  if (!zone || zone === "UTC") return 0;
  if (!formats.has(zone)) {
    let format = null;
    try {
      format = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" });
    } catch { /* a zone that this browser does not know */ }
    formats.set(zone, format);
  }
  const format = formats.get(zone);
  if (!format) return 0;
  const whole = Math.floor(at / 1000) * 1000;
  const p = Object.fromEntries(format.formatToParts(whole).map(x => [x.type, Number(x.value)]));
  return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - whole;
}

/** UTC in ISO 8601, without a fraction when there is none. */
export function iso(at) {
  return new Date(at).toISOString().replace(".000Z", "Z");
}

/** The wall time of an instant in a zone: "14:05", with its day when that is not the day of `now`. */
export function wallTime(at, zone, now, lang = "en") {
  const local = new Date(at + offset(at, zone)), today = new Date(now + offset(now, zone));
  const clock = local.toISOString().slice(11, 16);
  if (local.toISOString().slice(0, 10) === today.toISOString().slice(0, 10)) return clock;
  return `${new Intl.DateTimeFormat(lang, { timeZone: "UTC", day: "numeric", month: "short" }).format(local)} ${clock}`;
}
