// <form id data-autosave data-url="…" data-saving data-saved data-failed> with an element [data-save-state] in it.
// Each changed field is posted by itself. What did not get through stays in localStorage, under the form's id, and
// goes again with the same idempotency key until the server has it. Mark a field data-autosave-skip to leave it out.
import { newKey, send } from "./request.js";

const RETRY = 4000;
const LONGEST = 60000;
const REFUSED = [400, 422];

class Autosave {
  constructor(form) {
    this.form = form;
    this.store = `samspill:${form.id}`;
    this.waiting = this.read();
    this.busy = false;
    this.pause = RETRY;
    this.restore();
    form.addEventListener("change", (event) => this.changed(event.target));
    form.addEventListener("submit", () => this.forget());
    window.addEventListener("online", () => this.flush());
    this.flush();
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.store)) ?? {};
    } catch {
      return {};
    }
  }

  keep() {
    try {
      if (Object.keys(this.waiting).length) localStorage.setItem(this.store, JSON.stringify(this.waiting));
      else localStorage.removeItem(this.store);
    } catch {
      // Storage may be closed to us; the page itself still holds the values.
    }
  }

  forget() {
    this.waiting = {};
    this.keep();
  }

  values(name) {
    return new FormData(this.form).getAll(name).filter((value) => typeof value === "string");
  }

  restore() {
    for (const [name, entry] of Object.entries(this.waiting)) {
      for (const field of this.form.elements) {
        if (field.name !== name) continue;
        if (["radio", "checkbox"].includes(field.type)) field.checked = entry.values.includes(field.value);
        else if (entry.values.length) field.value = entry.values[0];
      }
    }
  }

  changed(field) {
    if (!field.name || field.type === "file" || "autosaveSkip" in field.dataset) return;
    this.waiting[field.name] = { values: this.values(field.name), key: newKey() };
    this.keep();
    this.flush();
  }

  async flush() {
    const names = Object.keys(this.waiting);
    if (this.busy || !names.length) return;
    this.busy = true;
    clearTimeout(this.timer);
    this.say("saving");
    let through = true;
    for (const name of names) through = (await this.post(name)) && through;
    this.busy = false;
    this.keep();
    this.say(through ? "saved" : "failed");
    if (through) {
      this.pause = RETRY;
      this.flush();
      return;
    }
    this.timer = setTimeout(() => this.flush(), this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST);
  }

  async post(name) {
    const entry = this.waiting[name];
    if (!entry) return true; // the whole form was sent while this one stood in line
    const data = new FormData();
    data.set("field", name);
    for (const value of entry.values) data.append(name, value);
    try {
      const response = await send(this.form.dataset.url, data, { "Idempotency-Key": entry.key });
      // Only a refused value is given up. A lost line, a pause or a session that has ended must not cost an answer.
      if (!response.ok && !REFUSED.includes(response.status)) return false;
      this.mark(name, response.ok);
    } catch {
      return false;
    }
    // A newer value of the same field may have come while this one was under way.
    if (this.waiting[name] === entry) delete this.waiting[name];
    return true;
  }

  mark(name, valid) {
    for (const field of this.form.elements) {
      if (field.name === name) field.toggleAttribute("data-refused", !valid);
    }
  }

  say(state) {
    const line = this.form.querySelector("[data-save-state]");
    if (!line) return;
    line.dataset.state = state;
    line.textContent = this.form.dataset[state];
  }
}

export function startAutosave(root) {
  for (const form of root.querySelectorAll("form[data-autosave]:not([data-ready])")) {
    form.dataset.ready = "";
    new Autosave(form);
  }
}
