// The facilitator's console: every button is a form that is sent without leaving the page; the stream shows what came of it.
import { listen } from "../../live/stream.js";
import { startClocks, tick } from "./clock.js";
import { apply, face, keepLoaded, remember } from "./parts.js";

const KEYS = new Set([" ", "ArrowRight", "PageDown"]); // PageDown is what a presenter's clicker sends
const main = face();
const said = document.querySelector("[data-said]");
let line = Promise.resolve(); // steps are taken one after the other
let newest = ""; // the step that waits or is being taken; pressed twice it is still one
let warned = false; // what stands there is about the line

function say(sentence) {
  said.textContent = sentence;
  said.hidden = !sentence;
}

function newState(state) {
  if (apply(state.parts).includes("agenda")) showCurrent();
  tick();
}

// Only the column is scrolled, never the page.
function showCurrent() {
  const column = document.querySelector('[data-part="agenda"]');
  const current = column.querySelector("[aria-current]");
  if (!current) return;
  const below = current.getBoundingClientRect().bottom - column.getBoundingClientRect().bottom;
  const above = column.getBoundingClientRect().top - current.getBoundingClientRect().top;
  if (below > 0) column.scrollTop += below + current.offsetHeight;
  else if (above > 0) column.scrollTop -= above + current.offsetHeight;
}

function press(form) {
  const step = `${form.action} ${new URLSearchParams(new FormData(form))}`;
  if (step === newest) return;
  newest = step;
  line = line.then(() => take(form)).then(() => {
    if (newest === step) newest = "";
  });
}

async function take(form) {
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json", "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content },
      redirect: "manual",
    });
    if (answer.type === "opaqueredirect") return location.reload();
    const reply = (answer.headers.get("Content-Type") ?? "").startsWith("application/json") ? await answer.json() : {};
    say(answer.ok ? "" : (reply.sentence ?? main.dataset.unsent));
    warned = false;
  } catch {
    say(main.dataset.unsent);
  } finally {
    main.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-step]")) return;
  event.preventDefault();
  press(event.target);
});

document.addEventListener("keydown", (event) => {
  if (!KEYS.has(event.key) || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  const on = document.activeElement;
  if (on.matches("input, textarea, select")) return;
  if (event.key === " " && on.matches("a, button, summary")) return; // the key already means something there
  event.preventDefault();
  document.querySelector("[data-primary]")?.click();
});

function lineStatus(status) {
  const sentence = { polling: main.dataset.polling, offline: main.dataset.offline }[status] ?? "";
  if (sentence || warned) say(sentence);
  warned = Boolean(sentence);
}

keepLoaded();
showCurrent();
remember();
startClocks(Number(main.dataset.now));
const { url, poll, renew } = main.dataset;
listen({ url, poll, renew, onState: newState, onStatus: lineStatus });
