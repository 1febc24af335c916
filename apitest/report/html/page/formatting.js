// Times, numbers and bodies as people read them.

function duration(seconds) {
  const milliseconds = Math.round((seconds || 0) * 1000);
  if (milliseconds < 1) return "<1 ms";
  if (milliseconds < 1000) return `${milliseconds} ms`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const all = Math.round(seconds), minutes = Math.floor(all / 60);
  if (minutes < 60) return `${minutes} min ${all % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const NUMBERS = new Intl.NumberFormat("en");
const count = (number, noun) => `${NUMBERS.format(number)} ${noun}${number === 1 ? "" : "s"}`;
const moment = (seconds) => new Date(seconds * 1000).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" });

/** A sentence with what stands in quotes marked. */
function sentence(step) {
  const parts = [make("span.keyword", {}, `${step.keyword} `)];
  for (const part of step.name.split(/("(?:[^"\\]|\\.)*")/)) {
    if (part) parts.push(part[0] === '"' && part.length > 1 ? make("span.value", {}, part) : part);
  }
  return make("span.sentence", {}, parts);
}

const LONG = 4000;

/** A body: JSON and XML indented, the rest as it came; a long one is shortened until all is asked for. */
function body(text) {
  const shown = readable(text);
  const box = make("pre", { tabindex: "0", role: "region", "aria-label": "Body" });
  box.append(...painted(shown.length > LONG ? shown.slice(0, LONG) : shown));
  if (shown.length <= LONG) return box;
  const more = make("button.small", { type: "button", onclick: () => { box.replaceChildren(...painted(shown)); more.remove(); } },
    `Show all ${NUMBERS.format(shown.length)} characters`);
  return make("div", {}, box, more);
}

function readable(text) {
  const start = text.trimStart()[0];
  if (start === "{" || start === "[") {
    try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
  }
  return start === "<" && !text.includes("\n") ? indentedXml(text) : text;
}

function indentedXml(text) {
  let depth = 0;
  const lines = text.replace(/>\s*</g, ">\n<").split("\n");
  if (lines.length < 3) return text;
  return lines.map((line) => {
    if (/^<\//.test(line)) depth = Math.max(depth - 1, 0);
    const shown = "  ".repeat(Math.min(depth, 20)) + line;
    if (/^<[^!?/][^>]*[^/]>$/.test(line) || /^<\w>$/.test(line)) depth += 1;
    return shown;
  }).join("\n");
}

const JSON_PARTS = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;

/** The text in pieces, coloured if it is JSON. */
function painted(text) {
  if (!/^\s*[[{]/.test(text)) return [clean(text)];
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(JSON_PARTS)) {
    if (found.index > end) parts.push(clean(text.slice(end, found.index)));
    const [whole, string, colon, word] = found;
    const kind = string ? (colon ? "j-key" : "j-text") : word ? "j-word" : "j-number";
    parts.push(make(`span.${kind}`, {}, string || whole));
    if (colon) parts.push(colon);
    end = found.index + whole.length;
  }
  if (end < text.length) parts.push(clean(text.slice(end)));
  return parts;
}
