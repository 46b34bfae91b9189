// Words about files. Pure: nothing is asked of the page.

const MAX_NAME = 160;

/** How an entry names a file: a picture shows itself, anything else is a link. */
export function markdownOf({ id, name, isImage }) {
  return `${isImage ? "!" : ""}[${name.replace(/[\\`*_[\]<>&|~]/g, "\\$&")}](attachment:${id})`;
}

/** Where a file goes in a text: a picture on a line of its own, a link between blanks. */
export function placed(markdown, before, after) {
  if (markdown.startsWith("!")) return (before && !before.endsWith("\n") ? "\n" : "") + markdown + (after && !after.startsWith("\n") ? "\n" : "");
  return (before && !/\s$/.test(before) ? " " : "") + markdown + (/^\s/.test(after) ? "" : " ");
}

/** A name that the desk takes: the end of it stays, for it says what the file is. */
export function shortName(name) {
  const letters = [...name];
  while (letters.join("").length > MAX_NAME) letters.splice(Math.floor(letters.length / 2), 1);
  return letters.join("");
}

/** What comes from the clipboard is called "image.png" each time. */
export function pastedName(name, now) {
  const type = /^image\.([a-z0-9]+)$/.exec(name)?.[1];
  return type ? `image-${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-")}Z.${type}` : name;
}

/** "340 kB", "12.3 MB"; in Spanish as Mexico writes it. */
export function sizeText(bytes, lang) {
  const [value, unit, digits] = bytes < 1024 * 1024 ? [Math.ceil(bytes / 1024), "kilobyte", 0] : [Math.ceil(bytes / 1024 / 1024 * 10) / 10, "megabyte", 1];
  return new Intl.NumberFormat(lang === "es" ? "es-MX" : lang, { style: "unit", unit, maximumFractionDigits: digits }).format(value);
}
