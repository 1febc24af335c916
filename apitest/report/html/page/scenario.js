// One scenario with its steps.

async function showScenario(row) {
  const found = await details(row);
  const last = report.byPlace.get(row.place_);
  const kind = row === last ? row.kind : kindOf({ status: row.status });
  const title = make("h1", { tabindex: "-1", id: "title" }, row.name);
  const parts = [
    make("p.crumbs", {}, make("a.back", { href: "#" }, "← All scenarios"), make("span", {}, row.feature.name || row.feature.uri), row.rule ? make("span", {}, row.rule) : null),
    make("div.title", {}, title, copyButton("Copy the command", () => `apitest run ${shell(row.place_)}`)),
    make("div.meta", {},
      make(`span.status_${kind}`, {}, kind === "flaky" ? `passed at the ${ordinal(row.attempt)} try` : word(row.status)),
      make("code", {}, row.place_),
      make("span", {}, duration(row.seconds)),
      row.at ? make("span", {}, moment(row.at)) : null,
      report.run.workers > 1 ? make("span", {}, `worker ${row.worker}`) : null,
      row.unchecked ? make("span.status_warn", {}, "checks nothing") : null,
      row.tags.length ? make("span.tags", {}, row.tags.map((tag) =>
        make("button.tag", { type: "button", onclick: () => chooseTag(tag) }, `@${tag}`))) : null),
    row.cause ? make("p.card_alert", {}, "It failed because of ", placeLink(row.cause)) : null,
    last.tries.length > 1 ? tries(row, last.tries) : null,
    found ? steps(found) : make("p.card_alert", {}, "The steps of this scenario are missing: the report was not written to its end."),
  ];
  byId("main").replaceChildren(...parts.filter(Boolean));
  byId("main").scrollTop = 0;
  return title;
}

const shell = (text) => (/^[\w./:@-]+$/.test(text) ? text : quoted(text));
const ordinal = (number) => ({ 1: "first", 2: "second", 3: "third" })[number] || `${number}th`;

function tries(row, all) {
  return make("div.tries", { role: "group", "aria-label": "Tries" }, all.map((one) => make("button.try",
    { type: "button", "aria-current": one === row ? "true" : undefined, onclick: () => showScenario(one) },
    mark(kindOf({ status: one.status }), one.status), `Try ${one.attempt}: ${word(one.status)}, ${duration(one.seconds)}`)));
}

function steps(found) {
  const longest = Math.max(...found.steps.map((step) => step.seconds || 0), 0.000001);
  return make("div", {},
    found.failure ? make("div.card_alert_bad", {}, failureBox(found.failure, true)) : null,
    found.steps.length ? make("div.card_flat", {}, make("ol.steps", {}, found.steps.map((step) => stepItem(step, longest))))
      : make("p.card_dim", {}, "No step ran."));
}

function stepItem(step, longest) {
  const kind = kindOf({ status: step.status });
  const parts = stepParts(step);
  const open = Boolean(step.failure);
  const took = step.seconds && kind !== "idle";
  const bar = took && step.seconds > longest / 40 ? make(`span.bar-of_${kind}`) : null;
  if (bar) bar.style.width = `${(100 * step.seconds) / longest}%`;
  const inside = [
    make("span.turn", { "aria-hidden": "true" }, parts.length ? "▶" : ""), mark(kind, step.status),
    make("span", {}, make("span.unseen", {}, `${word(step.status)}: `), sentence(step)),
    make("span.badges", {}, stepBadges(step)),
    make("span.took-of", {}, took ? duration(step.seconds) : "", bar)];
  const item = make(`li.step_${kind}`);
  if (!parts.length) {
    item.append(make("div.step-head", {}, inside));
    return item;
  }
  const content = make("div.step-body");
  const head = make("button.step-head", { type: "button", "aria-expanded": "false", onclick: () => turn(head.getAttribute("aria-expanded") === "false") }, inside);
  const turn = (open) => {
    head.setAttribute("aria-expanded", String(open));
    if (open && !content.childElementCount) content.append(...parts.map((part) => part()).flat());
    content.hidden = !open;
  };
  head.turn = turn;
  item.append(head, content);
  turn(open);
  return item;
}

/** Functions that make what is below a step, called when it is opened. */
function stepParts(step) {
  const parts = [];
  if (step.text !== undefined) parts.push(() => make("pre", { tabindex: "0", role: "region", "aria-label": "Doc string" }, painted(step.text)));
  if (step.table) parts.push(() => tableBox(step.table));
  if (step.reason) parts.push(() => make("p.reason", {}, `Not run, since ${step.reason}`));
  if (step.failure) parts.push(() => failureBox(step.failure, true));
  if (step.attempts) parts.push(() => attemptsBox(step.attempts));
  if (step.exchanges) parts.push(() => exchanges(step.exchanges, step.left_out));
  return parts;
}

function stepBadges(step) {
  const shown = step.attempts ? [make("span.badge_warn", {}, count(step.attempts.length, "attempt"))] : [];
  return [...shown, ...exchangeBadges(step.exchanges || (step.failure?.exchange ? [step.failure.exchange] : []))];
}

function tableBox(table) {
  const [head, ...rest] = table;
  return make("div.table", { tabindex: "0", role: "region", "aria-label": "Table" }, make("table", {},
    make("thead", {}, make("tr", {}, head.map((cell) => make("th", { scope: "col" }, cell)))),
    make("tbody", {}, rest.map((row) => make("tr", {}, row.map((cell) => make("td", {}, cell)))))));
}

function attemptsBox(attempts) {
  const last = attempts[attempts.length - 1];
  const bars = make("div.attempts", { "aria-hidden": "true" }, attempts.slice(-80).map(([, , problem]) => make(problem ? "i" : "i.held")));
  const list = make("table", {},
    make("thead", {}, make("tr", {}, ["Attempt", "At", "Took", "Why it did not hold"].map((name) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, attempts.map(([at, seconds, problem], number) => make("tr", {},
      make("td", {}, String(number + 1)), make("td", {}, duration(at)), make("td", {}, duration(seconds)),
      make("td", {}, problem || make("span.status_passed", {}, "it held"))))));
  return make("details", {}, make("summary", {}, `${count(attempts.length, "attempt")} within ${duration(last[0] + last[1])}`, bars), make("div.table", {}, list));
}
