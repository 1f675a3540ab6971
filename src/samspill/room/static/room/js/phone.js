// A leader's phone: one thing at a time. What is written is kept here until the server says that it is stored.
import { makeEntry, post, resend, unsent } from "../../live/outbox.js";
import { listen } from "../../live/stream.js";
import { Answers, forgetOthers } from "./answers.js";
import { isEmpty, read, refresh, write } from "./controls.js";
import { apply, face, keepLoaded, remember } from "./parts.js";

const main = face();
const { owner } = main.dataset;
const own = JSON.parse(document.getElementById("own").textContent);
const words = (name) => main.dataset[`said${name[0].toUpperCase()}${name.slice(1)}`];

let form = null; // the open activity's
let answers = null;
let editing = ""; // the entry that is being changed, where several may be given
const sending = new Set(); // entries on their way
const waiting = new Map(); // entry → value that must go when the one before it has been answered

const key = () => `${form.dataset.activity}-${form.dataset.partName}`;
const several = () => "several" in form.dataset;
const controls = () => form.querySelector("[data-controls]");

function begin(first = false) {
  const fresh = document.querySelector("[data-answer]");
  if (fresh === form && fresh) return;
  form = fresh;
  answers = null;
  editing = "";
  forgetOthers(owner, form ? key() : "");
  if (!form) return;
  answers = new Answers(owner, key());
  const named = !("protected" in form.dataset);
  if (named && !first && answers.kept.done) return location.reload(); // only the server knows what it has collected
  if (named && first) answers.adopt(own[key()] ?? []);
  document.querySelector("[data-late]").hidden = true;
  sendAgain();
  const last = several() ? null : answers.kept.entries[0]?.value;
  write(controls(), answers.kept.draft ?? last);
  form.addEventListener("input", drafted);
  form.addEventListener("submit", submitted);
  form.querySelector("[data-own]").addEventListener("click", chosenOwn);
  show();
}

// What an earlier page sent without hearing the answer. The server takes the same entry twice as once.
function sendAgain() {
  const queued = new Set(unsent(owner).map((one) => one.entry));
  for (const { entry, value, state } of answers.kept.entries) {
    if (state !== "stored" && !queued.has(entry) && !sending.has(entry)) hand(entry, value);
  }
}

function drafted(event) {
  if (event.target.matches("[data-one-line]")) event.target.value = event.target.value.replace(/\n/g, " ");
  refresh(controls());
  answers.keep({ draft: read(controls()) });
  show();
}

function submitted(event) {
  event.preventDefault();
  const value = read(controls());
  if (isEmpty(value)) return controls().querySelector("textarea, input, select").focus();
  document.querySelector("[data-late]").hidden = true;
  const entry = several() ? editing || makeEntry() : (answers.kept.entries[0]?.entry ?? makeEntry());
  answers.put(entry, value, "sending");
  answers.keep({ draft: null });
  hand(entry, value);
  if (several()) {
    editing = "";
    write(controls(), null);
    controls().querySelector("[data-one-line]")?.focus();
  }
  show();
}

// One entry is on its way at a time: a change waits until the server has answered what went before.
function hand(entry, value) {
  if (sending.has(entry)) {
    waiting.set(entry, value);
    return;
  }
  sending.add(entry);
  const { activity, partName: part, action: url } = form.dataset;
  const data = { activity, part, value: JSON.stringify(value) };
  post({ url, entry, data, owner, slot: `${activity}-${entry}`, onStatus: (said) => heard(said, key()) });
}

function heard({ entry, state, sentence, reply, data }, about) {
  const settled = state === "stored" || state === "refused";
  if (settled || state === "waiting" || state === "signin") sending.delete(entry);
  const here = form && key() === about;
  const book = here ? answers : new Answers(owner, about);
  if (state === "refused") refused(book, { entry, sentence, reply, data }, here);
  else if (state === "stored" && data.value === "null") book.drop(entry);
  else book.mark(entry, state);
  if (waiting.has(entry) && !sending.has(entry) && here) {
    const value = waiting.get(entry);
    waiting.delete(entry);
    hand(entry, value);
  }
  if (here) show();
}

function refused(book, { entry, sentence, reply, data }, here) {
  const value = JSON.parse(data.value);
  book.drop(entry);
  if (reply?.reason === "elsewhere") book.keep({ done: true, draft: null });
  else if (here && value) book.keep({ draft: value });
  if (here && value && reply?.reason !== "elsewhere") write(controls(), value);
  late(sentence || words("lost"), value);
}

// A sentence about an answer that was not stored, with what was written, so that nothing typed is lost.
function late(sentence, value) {
  const box = document.querySelector("[data-late]");
  box.replaceChildren();
  const said = document.createElement("p");
  said.textContent = sentence;
  box.append(said);
  const written = value?.text ?? value?.what;
  if (written) {
    const quote = document.createElement("blockquote");
    quote.textContent = written;
    box.append(quote);
  }
  box.hidden = false;
}

function chosenOwn(event) {
  const button = event.target.closest("button");
  if (!button) return;
  const { entry } = button.closest("li").dataset;
  if (button.dataset.do === "edit") {
    editing = entry;
    write(controls(), answers.find(entry).value);
    controls().querySelector("textarea, input, select").focus();
  } else {
    answers.mark(entry, "sending");
    hand(entry, null);
  }
  show();
}

function show() {
  showOwn();
  const saved = form.querySelector("[data-saved]");
  const button = form.querySelector("[data-send]");
  const { entries, draft, done } = answers.kept;
  const last = several() ? entries.at(-1) : entries[0];
  const changed = draft !== null && !isEmpty(draft) && JSON.stringify(draft) !== JSON.stringify(last?.value);
  const closedHere = done && !entries.length && "protected" in form.dataset && !several();
  const state = closedHere ? "collected" : (last?.state ?? "");
  saved.hidden = !state || (changed && !several() && state === "stored");
  saved.dataset.state = state === "stored" || state === "collected" ? "stored" : "waiting";
  say(saved, state);
  controls().hidden = closedHere;
  button.hidden = closedHere || (!several() && state === "stored" && !changed);
  button.textContent = (several() ? editing : last) ? button.dataset.change : button.dataset.first;
  button.toggleAttribute("data-waiting", state === "sending");
}

function say(element, state) {
  if (!state) return element.replaceChildren();
  const next = state === "stored" ? (several() ? main.dataset.more : main.dataset.again) : "";
  const sentence = [words(state), next].filter(Boolean).join(" ");
  if (element.textContent !== sentence) element.textContent = sentence;
}

function showOwn() {
  const list = form.querySelector("[data-own]");
  list.hidden = !several() || !answers.kept.entries.length;
  if (list.hidden) return;
  list.replaceChildren(...answers.kept.entries.map(ownRow));
}

function ownRow({ entry, value, state }) {
  const row = document.createElement("li");
  row.dataset.entry = entry;
  row.dataset.state = state;
  const text = document.createElement("p");
  text.textContent = value?.text ?? value?.what ?? "";
  const said = document.createElement("span");
  said.className = "own__state";
  said.textContent = words(state) ?? "";
  row.append(text, said);
  for (const what of ["edit", "remove"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ds-button";
    button.dataset.variant = "tertiary";
    button.dataset.size = "sm";
    button.dataset.do = what;
    button.textContent = main.dataset[what];
    row.append(button);
  }
  return row;
}

function newState(state) {
  const changed = apply(state.parts);
  if (!changed.includes("stage")) return;
  begin();
  if (!form) scrollTo({ top: 0 });
}

function lineStatus(status) {
  const line = document.querySelector("[data-line]");
  line.textContent = status === "offline" ? main.dataset.offline : "";
  line.hidden = status !== "offline";
}

keepLoaded();
remember();
begin(true);
resend({ owner, onStatus: (said) => heard(said, aboutOf(said)) });
const { url, poll, renew } = main.dataset;
listen({ url, poll, renew, onState: newState, onStatus: lineStatus });

function aboutOf({ data }) {
  return `${data.activity ?? ""}-${data.part}`;
}
