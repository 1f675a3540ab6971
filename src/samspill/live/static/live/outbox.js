// Sends answers and keeps each one on the device until the server has said that it is stored.
//
//   post({
//     url,        // where to; the server must take the same `entry` twice as once
//     entry,      // idempotency key of this answer: makeEntry() gives one
//     data,       // {name: text or list of texts}, sent as a form
//     owner,      // opaque key of the signed-in person: another person on this device never sends it; "" if nobody
//     slot,       // optional: an unsent post with the same slot is replaced (a changed answer replaces the old one)
//     onStatus,   // called with {entry, state, sentence, reply, data}
//   });
//   resend({ owner, onStatus });   // at the start of a page: what an earlier page could not send
//
// state is "sending", "waiting" (no network or the server is away; will be sent again), "stored" (only when the server
// has said so; `reply` is its JSON), "refused" (`sentence` is the server's; the post is given up and `data` is handed
// back so that nothing typed is lost) or "signin" (kept; the person must sign in again first).

const PREFIX = "samspill.outbox.";
const LONGEST_PAUSE = 15_000; // ms between two attempts
const PATIENCE = 15_000; // ms to wait for an answer to one attempt

const memory = new Map(); // where posts live when the browser gives us no storage
const callbacks = new Map(); // entry → onStatus
const attempts = new Map(); // entry → number of failed attempts
const running = new Set(); // owners whose queue is being emptied
const timers = new Map(); // owner → timer of the next attempt

export const makeEntry = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export function post({ url, entry, data, owner = "", slot = "", onStatus = () => {} }) {
  if (slot) unsent(owner).filter((kept) => kept.slot === slot).forEach(forget);
  keep({ url, entry, data, owner, slot, order: nextOrder(owner) });
  callbacks.set(entry, onStatus);
  empty(owner);
}

export function resend({ owner = "", onStatus = () => {} } = {}) {
  unsent(owner).forEach((kept) => callbacks.has(kept.entry) || callbacks.set(kept.entry, onStatus));
  empty(owner);
}

// The posts that wait, oldest first: [{url, entry, data, owner, slot, order}].
export function unsent(owner = "") {
  const kept = new Map(memory);
  try {
    for (let index = 0; index < localStorage.length; index++) {
      const key = localStorage.key(index);
      if (key.startsWith(PREFIX)) kept.set(key, localStorage.getItem(key));
    }
  } catch {
    // Storage is switched off: what is in memory is all there is.
  }
  return [...kept.values()]
    .map((text) => JSON.parse(text))
    .filter((one) => one.owner === owner)
    .sort((one, other) => one.order - other.order);
}

const nextOrder = (owner) => Math.max(Date.now(), 1 + (unsent(owner).at(-1)?.order ?? 0));

function keep(one) {
  const text = JSON.stringify(one);
  try {
    localStorage.setItem(PREFIX + one.entry, text);
  } catch {
    memory.set(PREFIX + one.entry, text);
  }
}

// Whether the same entry has been posted again, with other data, while this one was on its way.
const replaced = (one) => unsent(one.owner).some((kept) => kept.entry === one.entry && kept.order !== one.order);

function forget({ entry }) {
  memory.delete(PREFIX + entry);
  try {
    localStorage.removeItem(PREFIX + entry);
  } catch {
    // Nothing was stored.
  }
}

function tell(one, state, more = {}) {
  callbacks.get(one.entry)?.({ entry: one.entry, state, data: one.data, sentence: "", reply: null, ...more });
}

async function empty(owner) {
  if (running.has(owner)) return;
  running.add(owner);
  clearTimeout(timers.get(owner));
  let pause = 0;
  try {
    for (let [one] = unsent(owner); one && !pause; [one] = unsent(owner)) pause = await send(one);
  } finally {
    running.delete(owner);
  }
  if (pause) timers.set(owner, setTimeout(() => empty(owner), pause));
}

// Returns 0 when the post is settled, else how many milliseconds to wait before the next attempt.
async function send(one) {
  tell(one, "sending");
  let answer;
  try {
    answer = await fetch(one.url, {
      method: "POST",
      body: form(one),
      headers: { Accept: "application/json", "X-CSRFToken": cookie("csrftoken"), "Idempotency-Key": one.entry },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return later(one, "waiting");
  }
  if (answer.type === "opaqueredirect") return later(one, "signin");
  if (answer.status >= 500 || answer.status === 408 || answer.status === 429) return later(one, "waiting");
  const reply = await json(answer);
  if (answer.ok && reply === null) return later(one, "waiting"); // a page of some proxy, not our server's word
  if (answer.status === 403 && reply === null) return later(one, "signin");
  attempts.delete(one.entry);
  if (replaced(one)) return 0;
  forget(one);
  if (answer.ok) tell(one, "stored", { reply });
  else tell(one, "refused", { reply, sentence: reply?.sentence ?? "" });
  callbacks.delete(one.entry);
  return 0;
}

function later(one, state) {
  tell(one, state);
  const failed = attempts.get(one.entry) ?? 0;
  attempts.set(one.entry, failed + 1);
  return Math.min(LONGEST_PAUSE, 1_000 * 2 ** failed) * (0.5 + Math.random());
}

function form({ entry, data }) {
  const body = new URLSearchParams({ entry });
  for (const [name, value] of Object.entries(data)) {
    for (const text of [value].flat()) body.append(name, text);
  }
  return body;
}

async function json(answer) {
  try {
    return (answer.headers.get("Content-Type") ?? "").startsWith("application/json") ? await answer.json() : null;
  } catch {
    return null;
  }
}

function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

window.addEventListener("online", () => {
  const owners = new Set([...timers.keys()]);
  owners.forEach((owner) => empty(owner));
});
