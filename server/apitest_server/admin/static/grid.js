// A table of any length: only the rows that are seen are in the page. It is gone through with the keyboard, too.

const BEYOND = 6; // rows above and below those that are seen

export class Grid {
  #rows = [];
  #lines = new Map(); // ID of a row -> its element, of those that are in the page
  #filled = new WeakSet(); // Elements that say what there is to say: scrolling writes only what is new
  #active = "";
  #height = 52;
  #isDue = false;

  // `make` gives the element of a row, `fill` what may have changed in it, `open` is where Enter leads
  constructor(frame, { make, fill, open, leave, seen }) {
    Object.assign(this, { frame, make, fill, open, leave, seen });
    this.table = frame.querySelector("table");
    this.body = frame.querySelector("tbody");
    this.above = this.#space();
    this.below = this.#space();
    this.body.replaceChildren(this.above, this.below);
    frame.addEventListener("scroll", () => this.later(), { passive: true });
    window.addEventListener("resize", () => this.later());
    this.table.addEventListener("keydown", (event) => this.#key(event));
    this.table.addEventListener("focus", () => { if (!this.#find()) this.#go(this.#first()); });
  }

  // Other rows, or more is known of them: shown now, so that a key press is answered in the same frame
  show(rows = this.#rows) {
    this.#rows = rows;
    this.#filled = new WeakSet();
    this.draw();
  }

  later() {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.#isDue = false;
    const count = this.#rows.length;
    const from = Math.min(Math.max(0, this.#first() - BEYOND), Math.max(0, count - 1));
    const to = Math.min(count, this.#first() + Math.ceil(this.frame.clientHeight / this.#height) + BEYOND);
    const wanted = this.#rows.slice(from, to);
    const ids = new Set(wanted.map((row) => row.id));
    for (const [id, line] of this.#lines) {
      if (ids.has(id)) continue;
      line.remove();
      this.#lines.delete(id);
    }
    let after = this.above;
    wanted.forEach((row, index) => {
      const line = this.#lines.get(row.id) ?? this.#made(row);
      if (!this.#filled.has(line)) {
        this.#filled.add(line);
        this.fill(line, row);
      }
      line.setAttribute("aria-rowindex", String(from + index + 2));
      line.classList.toggle("active", row.id === this.#active);
      line.setAttribute("aria-selected", String(row.id === this.#active));
      if (after.nextSibling !== line) after.after(line);
      after = line;
    });
    this.above.firstChild.style.height = `${from * this.#height}px`;
    this.below.firstChild.style.height = `${Math.max(0, count - to) * this.#height}px`;
    this.table.setAttribute("aria-rowcount", String(count + 1));
    const line = this.#lines.get(this.#active);
    if (line) this.table.setAttribute("aria-activedescendant", line.id);
    else this.table.removeAttribute("aria-activedescendant");
    this.seen(wanted);
  }

  focus() {
    this.table.focus({ preventScroll: true });
  }

  #made(row) {
    const line = this.make(row);
    line.id = `row-${row.id}`;
    this.#lines.set(row.id, line);
    return line;
  }

  #space() {
    const line = document.createElement("tr");
    line.setAttribute("aria-hidden", "true");
    const only = document.createElement("td");
    only.colSpan = 9;
    only.className = "space";
    line.append(only);
    return line;
  }

  #first() {
    return Math.floor(this.frame.scrollTop / this.#height);
  }

  #find() {
    return this.#rows.find((row) => row.id === this.#active);
  }

  #go(index) {
    const row = this.#rows[Math.min(Math.max(0, index), this.#rows.length - 1)];
    if (!row) return;
    this.#active = row.id;
    const top = this.#rows.indexOf(row) * this.#height;
    const room = this.frame.clientHeight - this.table.tHead.offsetHeight - this.#height;
    if (top < this.frame.scrollTop) this.frame.scrollTop = top;
    else if (top > this.frame.scrollTop + room) this.frame.scrollTop = top - room;
    this.draw();
  }

  #key(event) {
    const active = this.#find();
    const at = active ? this.#rows.indexOf(active) : -1;
    const screen = Math.max(1, Math.floor(this.frame.clientHeight / this.#height) - 2);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + screen, PageUp: at - screen, Home: 0, End: this.#rows.length - 1 };
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in steps) this.#go(steps[event.key]);
    else if (event.key === "Enter" && active) this.open(active);
    else if (event.key === "Escape") this.leave();
    else return;
    event.preventDefault();
  }
}
