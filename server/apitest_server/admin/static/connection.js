// One connection: a request to it, and its frames as they pass.

import { senders } from "./send.js";
import { stream } from "./stream.js";
import { shownTime } from "./times.js";

const KEPT = 500; // frames
const part = document.querySelector("[data-frames]");
const list = part.querySelector(".passing");
const said = part.querySelector("#frames-said");
const button = part.querySelector("[data-watch]");
const filter = part.querySelector("#frames-filter");
let source = null;
let seen = 0;

function line(frame) {
  const element = document.createElement("li");
  element.className = frame.direction;
  const head = document.createElement("span");
  head.className = "dim";
  const arrow = frame.direction === "in" ? "→ in" : "← out";
  head.textContent = `${shownTime(new Date(frame.time))}  ${arrow}  ${frame.kind}  ${frame.size} B`;
  const data = document.createElement("code");
  data.textContent = frame.data;
  element.append(head, data);
  return element;
}

function choose(element) {
  element.hidden = !element.textContent.toLowerCase().includes(filter.value.toLowerCase());
}

function stop(text) {
  source?.stop();
  source = null;
  button.textContent = "Watch";
  button.setAttribute("aria-pressed", "false");
  said.textContent = text;
}

button.addEventListener("click", () => {
  if (source) {
    stop(`Paused after ${seen} frames.`);
    return;
  }
  button.textContent = "Pause";
  button.setAttribute("aria-pressed", "true");
  said.textContent = "Connecting …";
  source = stream(() => part.dataset.frames, (found) => {
    const lines = found.frames.map(line);
    lines.forEach(choose);
    list.append(...lines);
    seen += lines.length;
    while (list.childElementCount > KEPT) list.firstElementChild.remove();
    if (found.dropped) said.textContent = `Watching; ${found.dropped} frames came faster than they could be shown.`;
    list.scrollTop = list.scrollHeight;
  }, (problem) => stop(`${problem}.`), () => { said.textContent = "Watching. Secrets in frames are masked."; });
});
filter.addEventListener("input", () => { for (const element of list.children) choose(element); });
senders();
