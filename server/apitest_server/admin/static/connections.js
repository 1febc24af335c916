// A table of any length: only what is seen is in the page. Rows come and go with the clients.

import { senders } from "./send.js";
import { shownTime } from "./times.js";

const SIZE = 100; // rows fetched at a time
const frame = document.querySelector("#clients");
const body = frame.querySelector("tbody");
const total = document.querySelector("#total");
const nobody = document.querySelector("#nobody");
const filters = document.querySelector("#filters");
const number = new Intl.NumberFormat();

let count = 0;
let height = 52;
let pages = new Map(); // number of a page -> its rows
let version = 0; // of the filters; what was asked for before they changed is of no use
let source = null;

function chosen() {
  const values = new FormData(filters);
  return new URLSearchParams({ channel: values.get("channel"), filter: values.get("filter").trim() });
}

function cell(main, more, className = "") {
  const element = document.createElement("td");
  element.className = className;
  element.append(main);
  if (more) {
    const line = document.createElement("span");
    line.className = "more";
    line.textContent = more;
    element.append(line);
  }
  return element;
}

function time(text) {
  const element = document.createElement("time");
  element.dateTime = text;
  element.dataset.time = "";
  element.textContent = shownTime(new Date(text));
  return element;
}

function line(row, index) {
  const element = document.createElement("tr");
  element.setAttribute("aria-rowindex", String(index + 2));
  const link = document.createElement("a");
  link.href = frame.dataset.one + encodeURIComponent(row.pub_client_id);
  link.textContent = row.ext_client_id || "without an ID";
  element.append(
    cell(link, row.ext_client_name),
    cell(row.pub_client_id, row.channel_name, "mono"),
    cell(row.peer_address, row.peer_fqdn === row.peer_address ? "" : row.peer_fqdn),
    cell(row.local_address, ""),
    cell(row.server_name, `process ${row.server_proc_pid}`),
    cell(time(row.connection_time), row.username),
    cell(time(row.last_activity), ""),
    cell(number.format(row.messages_in), `${number.format(row.bytes_in)} B`, "number"),
    cell(number.format(row.messages_out), `${number.format(row.bytes_out)} B`, "number"),
  );
  return element;
}

function waiting(index) {
  const element = document.createElement("tr");
  element.setAttribute("aria-rowindex", String(index + 2));
  const only = cell("…", "");
  only.colSpan = 9;
  element.append(only);
  return element;
}

function space(rows) {
  const element = document.createElement("tr");
  element.setAttribute("aria-hidden", "true");
  const only = document.createElement("td");
  only.colSpan = 9;
  only.className = "space";
  only.style.height = `${rows * height}px`;
  element.append(only);
  return element;
}

async function load(page) {
  const asked = version;
  pages.set(page, null);
  const query = chosen();
  query.set("page", String(page + 1));
  query.set("size", String(SIZE));
  try {
    const response = await fetch(`${frame.dataset.rows}?${query}`);
    if (response.status === 401) location.reload();
    const found = await response.json();
    if (asked !== version || !response.ok) return;
    pages.set(page, found.rows);
    count = found.total;
    draw();
  } catch {
    pages.delete(page);
  }
}

function draw() {
  const first = Math.max(0, Math.floor(frame.scrollTop / height) - 5);
  const last = Math.min(count, first + Math.ceil(frame.clientHeight / height) + 10);
  const lines = [];
  if (first > 0) lines.push(space(first));
  for (let index = first; index < last; index += 1) {
    const page = Math.floor(index / SIZE);
    if (!pages.has(page)) load(page);
    const row = pages.get(page)?.[index % SIZE];
    lines.push(row ? line(row, index) : waiting(index));
  }
  if (last < count) lines.push(space(count - last));
  body.replaceChildren(...lines);
  body.parentElement.setAttribute("aria-rowcount", String(count + 1));
  total.textContent = number.format(count);
  nobody.classList.toggle("unseen", count > 0);
}

// What is shown stays there until what takes its place has come
async function refresh() {
  version += 1;
  const asked = version;
  const page = Math.floor(Math.max(0, frame.scrollTop / height) / SIZE);
  const query = chosen();
  query.set("page", String(page + 1));
  query.set("size", String(SIZE));
  const response = await fetch(`${frame.dataset.rows}?${query}`);
  if (response.status === 401) location.reload();
  const found = await response.json();
  if (asked !== version || !response.ok) return;
  pages = new Map([[page, found.rows]]);
  count = found.total;
  draw();
}

function watch() {
  source?.close();
  source = new EventSource(`${frame.dataset.changes}?${chosen()}`);
  source.addEventListener("message", refresh);
}

let later = 0;
filters.addEventListener("input", (event) => {
  if (event.target.name === "channel") {
    location.search = chosen().get("channel") ? `?channel=${chosen().get("channel")}` : "";
    return;
  }
  frame.scrollTop = 0;
  refresh();
  clearTimeout(later);
  later = setTimeout(watch, 400);
});
filters.addEventListener("submit", (event) => event.preventDefault());
frame.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
window.addEventListener("pagehide", () => source?.close());
window.addEventListener("resize", () => requestAnimationFrame(draw));

await refresh();
const seen = body.querySelector("tr:not([aria-hidden])");
if (seen) height = Math.max(1, seen.getBoundingClientRect().height);
draw();
watch();
senders();
