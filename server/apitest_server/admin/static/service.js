// One service: invoked without leaving the page, its calls as bars.

import { senders } from "./send.js";

senders();

for (const svg of document.querySelectorAll("[data-bars]")) {
  const minutes = svg.dataset.bars.split(",").filter(Boolean).map((part) => part.trim().split(" "));
  const highest = Math.max(1, ...minutes.map(([, calls]) => Number(calls)));
  const now = Date.now();
  for (const [start, calls] of minutes) {
    const age = (now - new Date(start).valueOf()) / 60000; // minutes
    const height = (Number(calls) / highest) * 46;
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    bar.setAttribute("class", "bar-of");
    bar.setAttribute("x", (236 - Math.min(59, age) * 4).toFixed(1));
    bar.setAttribute("y", (48 - height).toFixed(1));
    bar.setAttribute("width", "3.2");
    bar.setAttribute("height", height.toFixed(1));
    svg.append(bar);
  }
}
