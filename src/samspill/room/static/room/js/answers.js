// A person's own answers in one activity, as this device remembers them: {entries: [{entry, value, state}], draft, done}.
// When the activity is over, what was written is removed from the device, and only that something was sent stays.

const PREFIX = "samspill.room.";
const memory = new Map(); // where they live when the browser gives us no storage

const nothing = () => ({ entries: [], draft: null, done: false });

export class Answers {
  constructor(owner, key) {
    this.name = `${PREFIX}${owner}.${key}`;
    this.kept = read(this.name) ?? nothing();
  }

  keep(change) {
    Object.assign(this.kept, change);
    write(this.name, this.kept);
  }

  find(entry) {
    return this.kept.entries.find((each) => each.entry === entry);
  }

  put(entry, value, state) {
    const known = this.find(entry);
    if (known) Object.assign(known, { value, state });
    else this.kept.entries.push({ entry, value, state });
    this.keep({});
  }

  mark(entry, state) {
    const known = this.find(entry);
    if (known) this.keep(Object.assign(known, { state }) && {});
  }

  drop(entry) {
    this.keep({ entries: this.kept.entries.filter((each) => each.entry !== entry) });
  }

  // What the server knows to be this person's own, from whatever device; what has not been sent yet stays beside it.
  adopt(own) {
    const unsent = this.kept.entries.filter((each) => each.state !== "stored");
    this.keep({ entries: [...own.map((each) => ({ ...each, state: "stored" })), ...unsent] });
  }
}

// Forget what was written in every activity of this person but the one that is open.
export function forgetOthers(owner, open) {
  const mine = `${PREFIX}${owner}.`;
  for (const name of names()) {
    if (!name.startsWith(mine) || name === mine + open) continue;
    const kept = read(name);
    if (!kept) continue;
    const sent = kept.done || kept.entries.some((each) => each.state === "stored");
    write(name, { ...nothing(), done: sent });
  }
}

function names() {
  try {
    return [...memory.keys(), ...Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index))];
  } catch {
    return [...memory.keys()];
  }
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? memory.get(name) ?? "null");
  } catch {
    return JSON.parse(memory.get(name) ?? "null");
  }
}

function write(name, kept) {
  const text = JSON.stringify(kept);
  try {
    localStorage.setItem(name, text);
  } catch {
    memory.set(name, text);
  }
}
