// Keys, and the switch between light and dark.

const KEYS = [
  ["j", "next scenario", () => move(1)],
  ["k", "previous scenario", () => move(-1)],
  ["n", "next failure", () => move(1, isBad)],
  ["p", "previous failure", () => move(-1, isBad)],
  ["Enter", "to the steps of the scenario", () => { const title = byId("title"); title?.focus(); title?.scrollIntoView({ block: "start" }); }],
  ["/", "search", () => byId("search").focus()],
  ["e", "open or close all steps", turnAll],
  ["o", "overview", () => { location.hash = ""; }],
  ["t", "light or dark", changeTheme],
  ["?", "these keys", () => byId("keys").showModal()],
];

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
  const typing = event.target.matches("input, select, textarea");
  if (event.key === "Escape") {
    if (event.target === byId("search")) leaveSearch(event.target);
    else location.hash = "";
    return;
  }
  if (typing) {
    if (event.target === byId("search") && event.key === "Enter") { event.target.blur(); move(1); }
    return;
  }
  const other = { ArrowDown: "j", ArrowUp: "k" };
  const inList = byId("rows").contains(event.target);
  const key = inList && other[event.key] ? other[event.key] : event.key;
  if (key === "Enter" && event.target.closest("button, summary, a:not(.row)")) return;
  const found = KEYS.find(([name]) => name === key);
  if (!found) return;
  event.preventDefault();
  if (key === "Enter" && event.target.matches(".row")) event.target.click();
  found[2]();
}

function leaveSearch(search) {
  if (search.value) { search.value = ""; search.dispatchEvent(new Event("input")); } else search.blur();
}

function turnAll() {
  const heads = [...document.querySelectorAll("button.step-head")];
  const open = heads.some((head) => head.getAttribute("aria-expanded") === "false");
  heads.forEach((head) => head.turn(open));
}

function changeTheme() {
  const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  setTheme(dark ? "light" : "dark");
}

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  try { localStorage.setItem("apitest-theme", name); } catch { /* a page from a file may not be let */ }
  document.dispatchEvent(new Event("themed"));
}

function keysDialog() {
  const dialog = byId("keys");
  dialog.append(make("h2", { id: "keys-title" }, "Keys"),
    make("dl", {}, [...KEYS, ["Esc", "leave the search, back to the overview"]].flatMap(([name, told]) => [make("dt", {}, make("kbd", {}, name)), make("dd", {}, told)])),
    make("form", { method: "dialog" }, make("button.small", {}, "Close")));
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  byId("help").addEventListener("click", () => dialog.showModal());
  byId("theme").addEventListener("click", changeTheme);
  document.addEventListener("keydown", onKey);
}
