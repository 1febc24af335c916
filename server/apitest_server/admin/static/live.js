// Figures that change while one looks at them, from server-sent events.

import { stream } from "./stream.js";
import { duration } from "./times.js";

const KEPT = 180; // seconds
const FIRST = 60; // seconds that a chart is wide at least
const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

function draw(svg, values) {
  const [width, height] = [240, 48];
  const highest = Math.max(1, ...values) * 1.08;
  const seconds = Math.max(FIRST, values.length);
  const points = values.map((value, index) => {
    const x = width - (values.length - 1 - index) * (width / (seconds - 1));
    return `${x.toFixed(1)},${(height - (value / highest) * (height - 2)).toFixed(1)}`;
  });
  if (points.length < 2) return;
  const first = points[0].split(",")[0];
  const make = (name, className, drawn) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    element.setAttribute("class", className);
    element.setAttribute("points", drawn);
    return element;
  };
  svg.replaceChildren(
    make("polygon", "area", `${first},${height} ${points.join(" ")} ${width},${height}`),
    make("polyline", "top", points.join(" ")),
  );
}

export function follow(address) {
  const series = new Map();
  let before = null;
  stream(() => address, (found) => {
    for (const element of document.querySelectorAll("[data-live]")) {
      const value = found[element.dataset.live];
      if (value === undefined) continue;
      element.textContent = element.dataset.as === "duration" ? duration(value) : number.format(value);
    }
    const seconds = before ? found.up_seconds - before.up_seconds : 0;
    const isSame = before && seconds > 0; // Else the server was restarted meanwhile
    for (const element of document.querySelectorAll("[data-rate]")) {
      const name = element.dataset.rate;
      if (isSame) element.textContent = number.format((found[name] - before[name]) / seconds);
    }
    for (const svg of document.querySelectorAll("[data-chart]")) {
      const name = svg.dataset.chart;
      const isLevel = svg.dataset.as === "level";
      if (found[name] === undefined) continue;
      if (!isSame && !isLevel) continue;
      const values = series.get(name) ?? [];
      values.push(isLevel ? found[name] : (found[name] - before[name]) / seconds);
      series.set(name, values.slice(-KEPT));
      draw(svg, series.get(name));
    }
    before = found;
  });
}
