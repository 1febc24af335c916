// Who is connected: rows come and go with the clients, and are filtered while one types.

import { Grid } from "./grid.js";
import { Roster } from "./roster.js";
import { senders } from "./send.js";
import { stream } from "./stream.js";
import { timeAndDate } from "./times.js";

const FRESH = 5000; // milliseconds until the figures of what is seen are asked for again
const REST = 150; // milliseconds without scrolling
const frame = document.querySelector("#clients");
const total = document.querySelector("#total");
const nobody = document.querySelector("#nobody");
const filters = document.querySelector("#filters");
const typed = filters.querySelector("#filter");
const number = new Intl.NumberFormat();
const roster = new Roster();

function cell(className = "") {
  const element = document.createElement("td");
  element.className = className;
  element.append(document.createElement("span"), document.createElement("span"));
  element.lastChild.className = "more";
  return element;
}

function make(row) {
  const line = document.createElement("tr");
  const link = document.createElement("a");
  link.href = frame.dataset.one + encodeURIComponent(row.id);
  link.tabIndex = -1; // The arrow keys lead there
  const first = cell();
  first.firstChild.replaceWith(link);
  line.append(first, cell("mono"), cell(), cell(), cell(), cell(), cell(), cell("number"), cell("number"));
  return line;
}

function put(element, main, more = "") {
  const [first, second] = element.children;
  if (first.textContent !== main) first.textContent = first.title = main;
  if (second.textContent !== more) second.textContent = second.title = more;
}

function fill(line, row) {
  const cells = line.children;
  const { figures } = row;
  put(cells[0], row.clientId || "without an ID", [row.clientName, row.user].filter(Boolean).join(" · "));
  put(cells[1], row.id, row.channel);
  put(cells[2], row.address, row.fqdn === row.address ? "" : row.fqdn);
  put(cells[3], row.local);
  put(cells[4], row.server, `process ${row.pid}`);
  put(cells[5], ...timeAndDate(new Date(row.connected)));
  put(cells[6], ...(figures ? timeAndDate(new Date(figures.last_activity)) : ["…"]));
  put(cells[7], figures ? number.format(figures.messages_in) : "…", figures ? `${number.format(figures.bytes_in)} B` : "");
  put(cells[8], figures ? number.format(figures.messages_out) : "…", figures ? `${number.format(figures.bytes_out)} B` : "");
}

let asked = 0;
let before = "";

async function freshen() {
  clearTimeout(asked);
  asked = setTimeout(freshen, FRESH);
  if (document.hidden || !inSight.length) return;
  try {
    const response = await fetch(`${frame.dataset.rows}?ids=${inSight.map((row) => row.id).join(",")}`);
    if (!response.ok) return; // The stream says what is wrong
    for (const row of (await response.json()).rows) roster.note(row.pub_client_id, row);
    grid.show();
  } catch {
    // It is asked again; the stream says that the server is away
  }
}

let inSight = [];
function seen(rows) {
  inSight = rows;
  const now = rows.map((row) => row.id).join();
  if (now === before) return;
  before = now;
  clearTimeout(asked);
  asked = setTimeout(freshen, REST);
}

const grid = new Grid(frame, {
  make,
  fill,
  seen,
  open: (row) => {
    history.replaceState(null, "", remember());
    location.href = frame.dataset.one + encodeURIComponent(row.id);
  },
  leave: () => typed.focus(),
});

function show() {
  const { size, shown } = roster;
  grid.show(shown);
  const text = shown.length === size ? number.format(size) : `${number.format(shown.length)} of ${number.format(size)}`;
  if (total.textContent !== text) total.textContent = text;
  nobody.textContent = size ? "Nobody is called that." : "Nobody is connected.";
  nobody.classList.toggle("unseen", shown.length > 0);
}

// The page is found again as it was left, also by its address
function remember() {
  const query = new URLSearchParams(location.search);
  query.delete("done");
  for (const name of ["channel", "filter"]) {
    const value = filters.querySelector(`[name=${name}]`).value;
    if (value) query.set(name, value);
    else query.delete(name);
  }
  return `${location.pathname}${query.size ? `?${query}` : ""}`;
}

typed.value = new URLSearchParams(location.search).get("filter") ?? "";
roster.filter(typed.value);
let later = 0;
typed.addEventListener("input", () => {
  frame.scrollTop = 0;
  roster.filter(typed.value);
  show();
  clearTimeout(later);
  later = setTimeout(() => history.replaceState(null, "", remember()), 400);
});
typed.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" && roster.shown.length) {
    event.preventDefault();
    grid.focus();
  }
});
filters.querySelector("[name=channel]").addEventListener("change", () => { location.href = remember(); });
filters.addEventListener("submit", (event) => event.preventDefault());
frame.addEventListener("click", (event) => { if (event.target.closest("a")) history.replaceState(null, "", remember()); });
document.addEventListener("zone", () => grid.show());

let position = "";
stream(
  () => `${frame.dataset.changes}?${new URLSearchParams({ channel: filters.querySelector("[name=channel]").value, since: position })}`,
  (news) => {
    if (news.is_anew) roster.clear();
    roster.put(news.rows);
    roster.drop(news.gone);
    position = news.position;
    show();
  },
);
senders();
