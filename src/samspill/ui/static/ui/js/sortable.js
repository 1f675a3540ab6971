// A list that can be put in order with the pointer, with the buttons, or with Alt + arrow keys on an item's handle.
//
// <ol data-sortable data-url="…" data-name="order" data-moved="{item} is now number {place} of {total}"
//     data-saved="…" data-failed="…">  <li data-key="7" data-label="…"> …
//   <span class="sortable__handle" data-handle>…</span>
//   <button name="up" value="7" data-move="up">  <button name="down" value="7" data-move="down">
// and somewhere <p aria-live="polite" data-sortable-status="id-of-the-list"></p>.
//
// With data-url the order is posted as `order=3&order=1…`. Without it the list must stand in a form with hidden inputs
// of that name in each item; moving the items then moves the inputs. Without script the buttons submit their form.
import { send } from "./request.js";

class Sortable {
  constructor(list) {
    this.list = list;
    this.status = document.querySelector(`[data-sortable-status="${list.id}"]`);
    list.addEventListener("click", (event) => this.clicked(event));
    list.addEventListener("keydown", (event) => this.pressed(event));
    list.addEventListener("pointerdown", (event) => this.grabbed(event));
    this.disableEnds();
  }

  get items() {
    return [...this.list.children].filter((item) => item.dataset.key !== undefined);
  }

  clicked(event) {
    const button = event.target.closest("button[data-move]");
    if (!button) return;
    event.preventDefault();
    const item = button.closest("[data-key]");
    this.step(item, button.dataset.move === "up" ? -1 : 1);
    // The button may just have been switched off at the end of the list; keep the focus inside the item.
    if (button.disabled) item.querySelector("button[data-move]:not(:disabled)")?.focus();
    else button.focus();
  }

  pressed(event) {
    const steps = { ArrowUp: -1, ArrowDown: 1 };
    const item = event.target.closest("[data-key]");
    const onHandle = event.target.closest("[data-handle], button[data-move]");
    if (!item || !onHandle || !event.altKey || !(event.key in steps)) return;
    event.preventDefault();
    this.step(item, steps[event.key]);
    event.target.focus();
  }

  step(item, by) {
    const items = this.items;
    const place = items.indexOf(item) + by;
    if (place < 0 || place >= items.length) return;
    if (by < 0) items[place].before(item);
    else items[place].after(item);
    this.moved(item);
  }

  grabbed(event) {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    const item = handle.closest("[data-key]");
    const before = this.items.indexOf(item);
    item.dataset.dragging = "";
    handle.setPointerCapture(event.pointerId);
    const follow = (move) => this.follow(item, move.clientY);
    const drop = () => {
      handle.removeEventListener("pointermove", follow);
      delete item.dataset.dragging;
      if (this.items.indexOf(item) !== before) this.moved(item);
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("lostpointercapture", drop, { once: true });
  }

  follow(item, y) {
    // The others move around the dragged item: an item that leaves the document for a moment loses the pointer.
    const items = this.items;
    const place = items.indexOf(item);
    const middle = (other) => {
      const box = other.getBoundingClientRect();
      return box.top + box.height / 2;
    };
    const passedDown = items.slice(place + 1).filter((other) => y > middle(other));
    const passedUp = items.slice(0, place).filter((other) => y < middle(other));
    for (const other of passedDown) item.before(other);
    for (const other of passedUp.reverse()) item.after(other);
  }

  disableEnds() {
    const items = this.items;
    items.forEach((item, place) => {
      for (const button of item.querySelectorAll("button[data-move]")) {
        button.disabled = button.dataset.move === "up" ? place === 0 : place === items.length - 1;
      }
    });
  }

  moved(item) {
    this.disableEnds();
    const place = this.items.indexOf(item) + 1;
    const words = { item: item.dataset.label ?? "", place, total: this.items.length };
    this.say((this.list.dataset.moved ?? "").replace(/\{(\w+)\}/g, (_, name) => words[name]));
    this.list.dispatchEvent(new CustomEvent("samspill:sorted", { bubbles: true }));
    if (this.list.dataset.url) this.save();
  }

  async save() {
    const data = new FormData();
    for (const item of this.items) data.append(this.list.dataset.name || "order", item.dataset.key);
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const queue = (this.queue ?? Promise.resolve()).then(() => this.post(data));
    this.queue = queue;
    const ok = await queue;
    if (turn === this.turn) this.say(ok ? this.list.dataset.saved : this.list.dataset.failed, ok);
  }

  async post(data) {
    try {
      return (await send(this.list.dataset.url, data)).ok;
    } catch {
      return false;
    }
  }

  say(words, ok = true) {
    if (!this.status || !words) return;
    this.status.textContent = words;
    this.status.dataset.state = ok ? "saved" : "failed";
  }
}

export function startSortable(root) {
  for (const list of root.querySelectorAll("[data-sortable]:not([data-ready])")) {
    list.dataset.ready = "";
    new Sortable(list);
  }
}
