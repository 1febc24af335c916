// The list of scenarios: only the rows that can be seen are elements.

const HEIGHT = 34;
const list = { shown: [], lines: [], at: -1, status: "", tag: "", words: [], order: "file", keep: 12 };

function filter() {
  const wanted = report.scenarios.filter(matches);
  if (list.order === "slow") wanted.sort((a, b) => b.seconds - a.seconds);
  if (list.order === "failed") wanted.sort((a, b) => RANK[a.kind] - RANK[b.kind]);
  list.shown = wanted;
  list.lines = [];
  let feature = null;
  for (const row of wanted) {
    if (list.order === "file" && row.feature !== feature) list.lines.push(feature = row.feature);
    row.lineAt = list.lines.length;
    list.lines.push(row);
  }
  list.at = wanted.indexOf(list.current);
  byId("space").style.height = `${list.lines.length * HEIGHT}px`;
  byId("found").textContent = wanted.length === report.scenarios.length ? count(wanted.length, "scenario")
    : `${NUMBERS.format(wanted.length)} of ${count(report.scenarios.length, "scenario")}`;
  drawRows();
}

const RANK = { failed: 0, warn: 1, flaky: 2, passed: 3, idle: 4 };

function matches(row) {
  if (list.status && row.kind !== list.status && !(list.status === "failed" && row.kind === "warn")) return false;
  if (list.tag && !row.tags.includes(list.tag)) return false;
  if (!list.words.length) return true;
  row.text ??= [row.name, row.place_, row.feature.name, row.rule || "", ...row.tags.map((tag) => `@${tag}`), row.problem || ""].join("\n").toLowerCase();
  return list.words.every((part) => row.text.includes(part));
}

function drawRows() {
  const box = byId("rows");
  const first = Math.max(Math.floor(box.scrollTop / HEIGHT) - list.keep, 0);
  const last = Math.min(Math.ceil((box.scrollTop + box.clientHeight) / HEIGHT) + list.keep, list.lines.length);
  const focused = document.activeElement?.dataset?.place;
  byId("space").replaceChildren(...list.lines.slice(first, last).map((line, number) => {
    const element = line.uri ? groupLine(line) : rowLine(line);
    element.style.top = `${(first + number) * HEIGHT}px`;
    return element;
  }));
  if (focused) [...byId("space").children].find((element) => element.dataset.place === focused)?.focus({ preventScroll: true });
}

function groupLine(feature) {
  return make("div.group", {}, make("span.name", { title: feature.name || feature.uri }, feature.name || feature.uri),
    feature.name ? make("span.uri", {}, make("bdi", {}, feature.uri)) : null);
}

function rowLine(row) {
  return make("a.row", { href: link(row), "data-place": row.place_, title: row.name, "aria-current": row === list.current ? "true" : undefined },
    mark(row.kind, row.status), make("span.unseen", {}, `${row.kind === "flaky" ? "flaky" : word(row.status)}: `), make("span.name", {}, row.name),
    row.kind === "idle" ? null : make("span.took", {}, duration(row.seconds)));
}

function select(row) {
  list.current = row;
  list.at = list.shown.indexOf(row);
  const box = byId("rows"), top = (row?.lineAt ?? 0) * HEIGHT;
  if (list.at >= 0 && (top < box.scrollTop || top + HEIGHT > box.scrollTop + box.clientHeight)) {
    box.scrollTop = top - box.clientHeight / 2;
  }
  drawRows();
}

function move(by, wanted = () => true) {
  for (let at = list.at + by; at >= 0 && at < list.shown.length; at += by) {
    if (wanted(list.shown[at])) return open(list.shown[at]);
  }
  return null;
}

function filterControls() {
  const search = byId("search");
  search.addEventListener("input", () => { list.words = search.value.toLowerCase().split(/\s+/).filter(Boolean); refilter(); });
  byId("rows").addEventListener("scroll", drawRows, { passive: true });
  new ResizeObserver(drawRows).observe(byId("rows"));
  const tags = new Map();
  for (const row of report.scenarios) for (const tag of row.tags) tags.set(tag, (tags.get(tag) || 0) + 1);
  const tag = byId("tag");
  tag.append(make("option", { value: "" }, "any"), ...[...tags].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, number]) => make("option", { value: name }, `@${name} (${NUMBERS.format(number)})`)));
  tag.disabled = !tags.size;
  tag.addEventListener("change", () => { list.tag = tag.value; refilter(); });
  byId("order").addEventListener("change", (event) => { list.order = event.target.value; refilter(); });
  statusChips();
}

function refilter() {
  byId("rows").scrollTop = 0;
  filter();
}

function statusChips() {
  const bad = report.scenarios.filter(isBad).length;
  const numbers = [["", "all", report.scenarios.length], ["failed", "failed", bad],
    ...["flaky", "passed", "idle"].map((kind) => [kind, KIND_NAMES[kind], report.scenarios.filter((row) => row.kind === kind).length])];
  byId("statuses").replaceChildren(...numbers.filter(([kind, , number]) => number || !kind).map(([kind, name, number]) => make("button.chip",
    { type: "button", "data-kind": kind, "aria-pressed": String(list.status === kind), onclick: () => chooseStatus(list.status === kind ? "" : kind) },
    kind ? make(`i.dot_${kind}`) : null, name, make("b", {}, NUMBERS.format(number)))));
}

function chooseStatus(kind) {
  list.status = kind === "warn" ? "failed" : kind;
  for (const chip of byId("statuses").children) chip.setAttribute("aria-pressed", String(chip.dataset.kind === list.status));
  refilter();
}

function chooseTag(name) {
  byId("tag").value = name;
  list.tag = name;
  refilter();
}
