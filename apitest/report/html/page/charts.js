// Pictures of the run: how the scenarios ended, and who ran what when.

const KIND_NAMES = { failed: "failed", warn: "undefined or pending", flaky: "flaky", passed: "passed", idle: "not run" };

function donut(counts, total) {
  const size = 100, radius = 42, round = 2 * Math.PI * radius;
  const rings = [];
  let start = 0;
  for (const [kind, number] of counts) {
    const part = total ? (number / total) * round : 0;
    // A gap between parts, but never in place of a small one
    const gap = counts.length > 1 ? Math.min(1.5, part / 2) : 0;
    rings.push(draw("circle", { cx: 60, cy: 60, r: radius, class: `stroke-${kind}`, "stroke-dasharray": `${Math.max(part - gap, 0.4)} ${round}`,
      "stroke-dashoffset": -start, transform: "rotate(-90 60 60)" }));
    start += part;
  }
  const good = total ? counts.filter(([kind]) => kind === "passed" || kind === "flaky").reduce((sum, [, number]) => sum + number, 0) : 0;
  const share = total ? (100 * good) / total : 0;
  const shown = share > 99.9 && share < 100 ? "99.9" : share < 0.1 && share > 0 ? "0.1" : String(Math.round(share * 10) / 10);
  const told = counts.map(([kind, number]) => `${number} ${KIND_NAMES[kind]}`).join(", ");
  return draw("svg", { viewBox: `0 0 ${size + 20} ${size + 20}`, class: "donut", role: "img", "aria-label": `${shown} % passed: ${told}` },
    ...rings, written(60, 63, shown.length > 3 ? "big long" : "big", `${shown} %`), written(60, 76, "under", "passed"));
}

function written(x, y, kind, text) {
  return draw("text", { x, y, class: kind }, text);
}

const LANE = 26, AXIS = 22, LEFT = 34;

/** A lane a worker, a bar a scenario; drawn again whenever the width or the colours change. */
function timeline() {
  const rows = report.rows.filter((row) => row.at);
  if (!rows.length) return null;
  const start = report.run.at || rows.reduce((least, row) => Math.min(least, row.at), Infinity);
  const end = rows.reduce((most, row) => Math.max(most, row.at + row.seconds), start + 0.001);
  const workers = [...new Set(rows.map((row) => row.worker))].sort((a, b) => a - b);
  const canvas = make("canvas", { role: "img", "aria-label":
    `When each scenario ran: ${count(rows.length, "scenario")} by ${count(workers.length, "worker")} within ${duration(end - start)}. The list of scenarios has the same times.` });
  const chart = { rows, start, end, workers, canvas };
  canvas.addEventListener("mousemove", (event) => pointed(chart, event));
  canvas.addEventListener("mouseleave", () => { byId("tip").hidden = true; });
  canvas.addEventListener("click", (event) => { const row = rowAt(chart, event); if (row) open(row); });
  new ResizeObserver(() => paint(chart)).observe(canvas);
  for (const kind of ["light", "dark"]) matchMedia(`(prefers-color-scheme: ${kind})`).addEventListener("change", () => paint(chart));
  document.addEventListener("themed", () => paint(chart));
  return make("div.timeline", {}, canvas, make("p.keyed", {}, Object.keys(KIND_NAMES).filter((kind) => report.scenarios.some((row) => row.kind === kind))
    .map((kind) => make("span", {}, make(`i.dot_${kind}`), KIND_NAMES[kind]))));
}

function paint(chart) {
  const { canvas, rows, workers, start, end } = chart;
  const width = canvas.clientWidth, lane = workers.length > 12 ? 14 : LANE, height = lane * workers.length + AXIS;
  if (!width) return;
  canvas.style.height = `${height}px`;
  canvas.width = width * devicePixelRatio;
  canvas.height = height * devicePixelRatio;
  const colours = getComputedStyle(canvas), pen = canvas.getContext("2d");
  const colour = (name) => resolved(canvas, colours.getPropertyValue(name));
  const fills = Object.fromEntries(Object.keys(KIND_NAMES).map((kind) => [kind, colour(`--fill-${{ passed: "good", failed: "bad" }[kind] || kind}`)]));
  pen.scale(devicePixelRatio, devicePixelRatio);
  pen.font = `11px ${colours.fontFamily}`;
  Object.assign(chart, { lane, width, lanes: new Map(workers.map((worker, number) => [worker, number])) });
  for (const worker of workers) {
    const top = chart.lanes.get(worker) * lane;
    pen.fillStyle = colour("--sunk");
    pen.fillRect(LEFT, top + 2, width - LEFT, lane - 4);
    pen.fillStyle = colour("--dim");
    pen.fillText(String(worker), 8, top + lane / 2 + 4);
  }
  ticks(pen, chart, height, colour);
  // What failed is drawn last, so that nothing covers it
  for (const wanted of ["idle", "passed", "flaky", "warn", "failed"]) {
    pen.fillStyle = fills[wanted];
    for (const row of rows) {
      if (colourKind(row) !== wanted) continue;
      const left = LEFT + ((row.at - start) / (end - start)) * (width - LEFT);
      const wide = (row.seconds / (end - start)) * (width - LEFT);
      pen.fillRect(left, chart.lanes.get(row.worker) * lane + 3, Math.max(wide > 3 ? wide - 1 : wide, 1), lane - 6);
    }
  }
}

const colourKind = (row) => row.kind || kindOf({ status: row.status });

function ticks(pen, chart, height, colour) {
  const span = chart.end - chart.start, room = chart.width - LEFT;
  const most = Math.max(Math.floor(room / 90), 2);
  let step = 10 ** Math.floor(Math.log10(span / most));
  for (const times of [2, 2.5, 2, 1]) if (span / step > most) step *= times;
  pen.textAlign = "center";
  for (let at = 0; at <= span; at += step) {
    const left = LEFT + (at / span) * room;
    pen.fillStyle = colour("--line");
    pen.fillRect(left, 0, 1, height - AXIS + 4);
    pen.fillStyle = colour("--dim");
    if (left < chart.width - 24) pen.fillText(at ? duration(at) : "0", Math.max(left, LEFT + 4), height - 6);
  }
  pen.textAlign = "left";
}

/** A colour that a canvas understands, of one that depends on the theme. */
function resolved(canvas, value) {
  canvas.style.color = value;
  const found = getComputedStyle(canvas).color;
  canvas.style.color = "";
  return found;
}

function rowAt(chart, event) {
  const box = chart.canvas.getBoundingClientRect();
  const at = chart.start + ((event.clientX - box.left - LEFT) / (chart.width - LEFT)) * (chart.end - chart.start);
  const worker = chart.workers[Math.floor((event.clientY - box.top) / chart.lane)];
  const near = (2 / (chart.width - LEFT)) * (chart.end - chart.start);
  let best = null, least = Infinity;
  for (const row of chart.rows) {
    if (row.worker !== worker) continue;
    const off = at < row.at ? row.at - at : Math.max(at - row.at - row.seconds, 0);
    if (off <= near && off < least) { best = row; least = off; }
  }
  return best;
}

function pointed(chart, event) {
  const row = rowAt(chart, event), tip = byId("tip");
  tip.hidden = !row;
  if (!row) return;
  tip.textContent = clean(`${row.name} · ${word(row.status)} · ${duration(row.seconds)}`);
  tip.style.left = `${Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8)}px`;
  tip.style.top = `${event.clientY + 16}px`;
}
