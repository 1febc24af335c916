// Who is connected, and who of them a filter lets through: all in memory, so that a key press asks nobody.

const FIELDS = ["id", "clientId", "clientName", "channel", "user", "address", "fqdn", "local", "server", "pid", "connected"];

function searched(row) {
  return `${row.clientId}\n${row.clientName}\n${row.address}\n${row.fqdn}\n${row.user}`.toLowerCase();
}

export class Roster {
  #all = [];
  #byId = new Map();
  #words = [];
  #typed = "";
  shown = [];

  get size() {
    return this.#all.length;
  }

  clear() {
    this.#all = [];
    this.#byId.clear();
    this.shown = [];
  }

  // Rows as the server tells them: those that came before stand in their own places
  put(rows) {
    let isChanged = false;
    for (const told of rows) {
      const row = Object.fromEntries(FIELDS.map((name, index) => [name, told[index]]));
      row.text = searched(row);
      const before = this.#byId.get(row.id);
      if (before) {
        Object.assign(before, row);
        isChanged = true;
        continue;
      }
      this.#byId.set(row.id, row);
      this.#all.push(row);
      if (this.#fits(row)) this.shown.push(row);
    }
    if (isChanged) this.#choose(this.#all);
  }

  drop(ids) {
    const gone = new Set(ids.map((id) => this.#byId.get(id)).filter(Boolean));
    if (!gone.size) return;
    for (const row of gone) this.#byId.delete(row.id);
    this.#all = this.#all.filter((row) => !gone.has(row));
    this.shown = this.shown.filter((row) => !gone.has(row));
  }

  // What changes all the time, of those that are seen
  note(id, figures) {
    const row = this.#byId.get(id);
    if (row) row.figures = figures;
  }

  filter(text) {
    const typed = text.toLowerCase();
    const isNarrower = typed.startsWith(this.#typed);
    this.#typed = typed;
    this.#words = typed.split(/\s+/).filter(Boolean);
    this.#choose(isNarrower ? this.shown : this.#all);
  }

  #choose(rows) {
    this.shown = this.#words.length ? rows.filter((row) => this.#fits(row)) : [...this.#all];
  }

  #fits(row) {
    return this.#words.every((word) => row.text.includes(word));
  }
}
