// The parts of a page that the stream renews: each is replaced when, and only when, its HTML has changed.

const shown = new Map();

export const face = () => document.querySelector("[data-face]");

export function remember() {
  for (const part of document.querySelectorAll("[data-part]")) shown.set(part.dataset.part, null);
}

// Gives the names of the parts that changed.
export function apply(parts) {
  const changed = [];
  for (const [name, html] of Object.entries(parts)) {
    if (shown.get(name) === html) continue;
    const first = shown.get(name) === null;
    shown.set(name, html);
    const part = document.querySelector(`[data-part="${name}"]`);
    if (!part || (first && same(part, html))) continue;
    replace(part, html);
    changed.push(name);
  }
  return changed;
}

function same(part, html) {
  const other = document.createElement("div");
  other.innerHTML = html;
  return other.innerHTML === part.dataset.loaded;
}

// What the server sent with the page, before any script has changed it.
export function keepLoaded() {
  for (const part of document.querySelectorAll("[data-part]")) part.dataset.loaded = part.innerHTML.trim();
}

function replace(part, html) {
  const focused = part.contains(document.activeElement) ? document.activeElement.id : null;
  const top = part.scrollTop;
  part.innerHTML = html;
  delete part.dataset.loaded;
  part.scrollTop = top;
  if (focused === null) return;
  const same = focused && document.getElementById(focused);
  const next = same && !same.disabled ? same : part.querySelector("[data-primary], h1[tabindex]");
  next?.focus({ preventScroll: true });
}
