// From the file to the page.

/** Shows a scenario and its row; the address then leads to it. */
function open(row) {
  delete document.documentElement.dataset.ready;
  if (location.hash === link(row)) return route();
  location.hash = link(row);
  return null;
}

async function route() {
  const place = decodeURI(location.hash.slice(1));
  const row = report.byPlace.get(place);
  document.body.dataset.view = row ? "scenario" : "overview";
  select(row || null);
  const title = row ? await showScenario(row) : showOverview();
  if (!row) forPaper();
  document.documentElement.dataset.ready = "yes";
  document.title = row ? `${clean(row.name)} · Test report` : documentTitle();
  return title;
}

function documentTitle() {
  const bad = report.scenarios.filter(isBad).length;
  return `${bad ? `${count(bad, "failure")} · ` : ""}${(report.run.project || "").split(/[\\/]/).pop()} · Test report`;
}

function verdict() {
  const bad = report.scenarios.filter(isBad).length, flaky = report.scenarios.filter((row) => row.kind === "flaky").length;
  const box = byId("verdict");
  const [kind, text] = bad || report.broken.length ? ["bad", bad ? `${NUMBERS.format(bad)} failed` : "failed"]
    : !report.end || report.end.aborted ? ["warn", "not finished"]
    : !report.scenarios.some((row) => row.kind !== "idle") ? ["warn", "nothing ran"] : ["good", flaky ? `passed, ${flaky} flaky` : "all passed"];
  box.classList.add(kind);
  box.textContent = text;
}

const ON_PAPER = 50;

/** On paper there is no list to choose from: the steps of the failures follow the overview. */
async function forPaper() {
  const failed = await Promise.all(report.scenarios.filter(isBad).slice(0, ON_PAPER).map(async (row) => [row, await details(row)]));
  const pages = failed.filter(([, found]) => found).map(([row, found]) => make("section", {}, make("h2", {}, `${row.name} · ${row.place_}`), steps(found)));
  if (document.body.dataset.view === "overview" && pages.length) byId("main").append(make("div.on-paper", {}, pages));
}

/** What is closed on the screen is open on paper. */
function openAll() {
  document.querySelectorAll("main > div:not(.on-paper) button.step-head, .on-paper button.step-head").forEach((head) => head.turn(true));
}

async function start() {
  try {
    const kept = localStorage.getItem("apitest-theme");
    if (kept) document.documentElement.dataset.theme = kept;
  } catch { /* a page from a file may not be let */ }
  if (!("DecompressionStream" in window)) {
    byId("main").replaceChildren(make("p.loading", {}, "This browser is too old for the report: it needs one of 2023 or later."));
    return;
  }
  await readAll();
  byId("project").textContent = clean((report.run.project || "").split(/[\\/]/).pop());
  verdict();
  filterControls();
  keysDialog();
  filter();
  window.addEventListener("hashchange", route);
  byId("home").addEventListener("click", (event) => { event.preventDefault(); location.hash = ""; });
  window.addEventListener("beforeprint", openAll);
  await route();
}

document.addEventListener("DOMContentLoaded", start);
