// Why something did not pass.

function failureBox(failure, exchange) {
  return make("div.failure", {},
    make("p.problem", {}, failure.problem || failure.kind),
    failure.cause ? make("p", {}, "Follows from ", placeLink(failure.cause)) : null,
    failure.expected || failure.actual ? make("dl.values", {},
      make("dt", {}, "expected"), make("dd", {}, make("pre.expected", {}, failure.expected || "nothing")),
      make("dt", {}, "actual"), make("dd", {}, make("pre.actual", {}, failure.actual || "nothing"))) : null,
    failure.diff ? diffBox(failure.diff) : null,
    failure.excerpt ? make("pre", { tabindex: "0", role: "region", "aria-label": "Excerpt" }, failure.excerpt) : null,
    failure.fix ? make("p.fix", {}, `→ ${failure.fix}`) : null,
    failure.where ? make("p.dim", {}, `at ${failure.where}`) : null,
    failure.traceback ? make("pre", { tabindex: "0", role: "region", "aria-label": "Traceback" }, failure.traceback) : null,
    failure.captured ? make("div", {}, make("h3.dim", {}, "Output"), make("pre", { tabindex: "0", role: "region", "aria-label": "Output" }, failure.captured)) : null,
    exchange && failure.exchange ? exchangeBox(failure.exchange) : null);
}

const KINDS = { "-": "minus", "+": "plus", "@": "at" };

function diffBox(lines) {
  const headed = lines[0].startsWith("---");
  const all = headed ? lines : ["- expected", "+ actual", ...lines];
  return make("pre.diff", { tabindex: "0", role: "region", "aria-label": "Difference" }, all.map((line, number) =>
    make(`span.${number < 2 && headed ? "head" : KINDS[line[0]] || "same"}`, {}, line || " ")));
}

function placeLink(place) {
  return report.byPlace.has(place) ? make("a", { href: `#${encodeURI(place)}` }, place) : make("code", {}, place);
}
