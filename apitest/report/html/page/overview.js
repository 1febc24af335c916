// The run at a glance.

const LISTED = 8, MOST = 500, SLOWEST = 10;

function showOverview() {
  const counts = ["failed", "warn", "flaky", "passed", "idle"].map((kind) => [kind, report.scenarios.filter((row) => row.kind === kind).length]).filter(([, number]) => number);
  const chart = timeline();
  const parts = [
    make("h1", { tabindex: "-1", id: "title", class: "unseen" }, "Overview"),
    ...warnings(),
    make("section.card_summary", { "aria-label": "Result" }, donut(counts, report.scenarios.length), legend(counts), facts()),
    ...brokenList(),
    failedList(),
    chart ? make("section.card", {}, make("h2", {}, "Time line"), chart) : null,
    slowest(),
    report.notices.length ? make("section.card", {}, make("h2", {}, "Notes"), report.notices.map((text) => make("p", {}, text))) : null,
  ];
  byId("main").replaceChildren(...parts.filter(Boolean));
  return byId("title");
}

function warnings() {
  const shown = [];
  if (!report.end) shown.push(make("p.card_alert", {}, "The run did not end, or the report could not be written to its end. What is here is what there was by then."));
  else if (report.end.aborted) shown.push(make("p.card_alert", {}, `The run stopped before its end: ${report.end.aborted}`));
  if (report.damaged) shown.push(make("p.card_alert", {}, "Part of this file cannot be read."));
  return shown;
}

/** Files that could not be used, and hooks that belong to no scenario. */
function brokenList() {
  return report.broken.map((one) => make("section.card_alert_bad", { "aria-label": "Failure" },
    make("h2", {}, one.name ? `${one.name} · ${one.broken}` : one.broken), failureBox(one.failure, true)));
}

function legend(counts) {
  return make("ul.legend", {}, counts.map(([kind, number]) => make("li", {}, make("button",
    { type: "button", onclick: () => chooseStatus(kind) },
    make(`i.dot_${kind}`), make("b", {}, NUMBERS.format(number)), make("span", {}, KIND_NAMES[kind])))));
}

function facts() {
  const { run, end } = report;
  const stepCounts = Object.entries(end?.counts?.steps || {});
  const stepsRun = stepCounts.reduce((sum, [, number]) => sum + number, 0);
  const known = [
    ["Project", run.project && run.project.split(/[\\/]/).pop()],
    ["Started", run.at ? moment(run.at) : ""],
    ["Took", end ? duration(end.seconds) : ""],
    ["Scenarios", `${NUMBERS.format(report.scenarios.length)} in ${count(report.features.length, "feature")}`],
    ["Steps", stepsRun ? NUMBERS.format(stepsRun) : ""],
    ["Workers", run.workers > 1 ? run.workers : ""],
    ["Environment", run.environment],
    ["Seed", run.seed],
    ["Checks nothing", end?.unchecked ? count(end.unchecked, "scenario") : ""],
    ["apitest", run.version],
  ].filter(([, value]) => value !== "" && value !== undefined && value !== null);
  return make("dl.facts", {}, known.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, String(value))]));
}

function failedList() {
  const bad = report.scenarios.filter(isBad), causes = bad.filter((row) => !row.cause);
  const ordered = [...causes, ...bad.filter((row) => row.cause)];
  if (!bad.length) return null;
  const items = make("ul.failures", {}, ordered.slice(0, LISTED).map(failedItem));
  const more = ordered.length > LISTED ? make("p.more", {}, make("button.small", { type: "button", onclick: () => {
    items.append(...ordered.slice(LISTED, MOST).map(failedItem));
    more.remove();
  } }, ordered.length > MOST ? `Show the first ${MOST}` : `Show all ${ordered.length}`)) : null;
  return make("section.card_flat", { id: "failures" }, make("h2", {}, `Failures (${NUMBERS.format(bad.length)})`), items, more);
}

function failedItem(row) {
  return make("li", {}, make("a", { href: link(row) }, mark(row.kind, row.status), make("span.name", {}, row.name), make("span.took", {}, duration(row.seconds)),
    row.problem ? make("span.why", {}, row.problem.split("\n")[0]) : null,
    make("span.place", {}, row.cause ? `${row.place_} · follows from ${row.cause}` : row.place_)));
}

function slowest() {
  const ran = report.scenarios.filter((row) => row.kind !== "idle" && row.seconds);
  const longest = ran.sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST);
  if (longest.length < 2) return null;
  return make("section.card", {}, make("h2", {}, "Slowest"), make("ul.slowest", {}, longest.map((row) => {
    const bar = make(`span.bar-of_${row.kind}`);
    bar.style.width = `${Math.max((100 * row.seconds) / longest[0].seconds, 1)}%`;
    return make("li", {}, make("a", { href: link(row) }, make("span.name", {}, row.name), make("span.took", {}, duration(row.seconds)), bar));
  })));
}

const link = (row) => `#${encodeURI(row.place_)}`;
