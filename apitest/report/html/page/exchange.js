// What a step sent and received.

function exchanges(list, left) {
  const shown = list.map(exchangeBox);
  if (left) shown.splice(Math.ceil(list.length / 2), 0, make("p.reason", {}, `… ${count(left, "exchange")} more in between …`));
  return shown;
}

function exchangeBox(exchange) {
  const asked = exchange.request_headers || exchange.request_body;
  const came = exchange.response_headers || exchange.response_body;
  return make("section.exchange", { "aria-label": `${exchange.protocol} exchange` },
    make("div.exchange-head", {},
      make("span.badge", {}, exchange.protocol),
      make("code", {}, exchange.request),
      exchange.response || exchange.protocol === "HTTP" ? answerBadge(exchange) : null,
      exchange.seconds ? make("span.took-of", {}, duration(exchange.seconds)) : null,
      exchange.protocol === "HTTP" ? copyButton("Copy as curl", () => curl(exchange)) : null),
    asked || came ? make("div.sides", {},
      side("Request", exchange.request_headers, exchange.request_body, exchange.protocol),
      came ? side("Response", exchange.response_headers, exchange.response_body, exchange.protocol) : null) : null,
    exchange.frames ? frames(exchange.frames) : null);
}

function answerBadge(exchange) {
  const status = parseInt(exchange.response, 10);
  const isHttp = exchange.protocol === "HTTP" || exchange.protocol === "WebSocket";
  const kind = !exchange.response ? (exchange.frames ? "" : "bad") : !isHttp ? "" : status >= 500 ? "bad" : status >= 400 ? "warn" : "good";
  return make(kind ? `span.badge_${kind}` : "span.badge", {}, exchange.response || "no answer");
}

/** What stands at the right of a step: its exchanges in short. */
function exchangeBadges(list) {
  const shown = list.slice(-3).map((exchange) => {
    const badge = answerBadge(exchange);
    badge.textContent = clean(exchange.frames && !exchange.response ? count(exchange.frames.length, "frame")
      : `${exchange.protocol} ${exchange.protocol === "HTTP" ? exchange.response?.split(" ")[0] || "no answer" : exchange.response || ""}`.trim());
    return badge;
  });
  return list.length > 3 ? [make("span.badge", {}, `+${list.length - 3}`), ...shown] : shown;
}

function side(title, headers, text, protocol) {
  return make("div.side", {},
    make("h4", {}, protocol === "SQL" || protocol === "CQL" ? { Request: "Values", Response: "Rows" }[title] : title),
    text ? body(text) : null,
    headers ? make("details", {}, make("summary", {}, count(headers.length, protocol === "SQL" || protocol === "CQL" ? "detail" : "header")),
      make("dl.headers", {}, headers.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]))) : null,
    !text && !headers ? make("p.dim", {}, "nothing") : null);
}

function frames(list) {
  const rows = list.map((frame) => make("tr", {},
    make("td", {}, `${(frame[3] || 0).toFixed(3)} s`),
    make(`td.${frame[0] === "sent" ? "sent" : "received"}`, {}, frame[0] === "sent" ? "↑ sent" : "↓ received"),
    make("td", {}, frame[1]),
    make("td", {}, frame[2] ? body(frame[2]) : "")));
  return make("div.table", {}, make("table.frames", {},
    make("thead", {}, make("tr", {}, ["When", "Direction", "Kind", "Content"].map((name) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, rows)));
}
