// What the run told: blocks of compressed JSON, the index of which is read at once and details when they are looked at.

const report = { run: {}, end: null, features: [], rows: [], broken: [], notices: [], damaged: 0, byPlace: new Map() };
const opened = new Map(); // number of a block of details -> its content
const KEPT = 20;

async function unpacked(element) {
  const packed = Uint8Array.from(atob(element.textContent.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

async function readAll() {
  for (const [kind, name] of [["run", "run"], ["end", "end"]]) {
    const element = document.querySelector(`script.${kind}`);
    if (element) report[name] = await unpacked(element).catch(() => null) || report[name];
  }
  for (const element of document.querySelectorAll("script.index")) {
    // The last block of a file that could not be written to its end
    const entries = await unpacked(element).catch(() => { report.damaged += 1; return []; });
    entries.forEach(take);
    element.remove();
  }
  report.blocks = [...document.querySelectorAll("script.details")];
  settle();
}

function take(entry) {
  if ("feature" in entry) report.features[entry.feature] = entry;
  else if ("broken" in entry) report.broken.push(entry);
  else if ("notice" in entry) report.notices.push(entry.notice);
  else report.rows.push(entry);
}

/** Tries of one scenario come together; what counts is the last. */
function settle() {
  for (const row of report.rows) {
    row.name ||= `line ${row.line}`;
    row.seconds ||= 0;
    row.worker ||= 1;
    row.attempt ||= 1;
    row.feature = report.features[row.of || 0];
    row.place_ = `${row.feature.uri}:${row.line}`;
    row.tags = [...new Set([...(row.feature.tags || []), ...(row.tags || [])])];
    row.tries = [row];
    const before = report.byPlace.get(row.place_);
    if (before && row.attempt > 1) { row.tries = [...before.tries, row]; before.replaced = true; }
    report.byPlace.set(row.place_, row);
  }
  report.scenarios = report.rows.filter((row) => !row.replaced);
  for (const row of report.scenarios) row.kind = kindOf(row);
}

const IDLE = new Set(["skipped", "not run"]);
const word = (status) => (report.run.states?.[status] || [status, "!"])[0];
const sign = (status) => (report.run.states?.[status] || [status, "!"])[1];

/** passed, flaky (passed only when tried again), failed, warn (undefined or pending) or idle. */
function kindOf(row) {
  const said = word(row.status);
  if (said === "passed") return row.tries?.some((one) => one !== row && one.status !== "passed") ? "flaky" : "passed";
  if (IDLE.has(said)) return "idle";
  return said === "undefined" || said === "pending" ? "warn" : "failed";
}

const isBad = (row) => row.kind === "failed" || row.kind === "warn";

async function details(row) {
  const number = row.block || 0;
  if (!opened.has(number)) {
    const element = report.blocks[number];
    if (!element) return null;
    opened.set(number, await unpacked(element).catch(() => null));
    if (opened.size > KEPT) opened.delete(opened.keys().next().value);
  }
  return opened.get(number)?.[row.place] || null;
}

function mark(kind, status) {
  const shown = kind === "flaky" ? "↻" : sign(status);
  return make(`span.mark_${kind}`, { "aria-hidden": "true" }, shown);
}
