// Listens to a channel and always hands the page the newest whole state.
//
//   const stop = listen({
//     url, poll,      // addresses with a token, as live.tokens.addresses() gives them
//     renew,          // address that answers {"url": …, "poll": …} with a fresh token while the person may listen
//     onState,        // called with the state, newest last, never an older one after a newer one
//     onStatus,       // called with "live", "polling" or "offline" when it changes; optional
//   });
//   stop();           // lets the line go

const SILENCE = 20_000; // ms without any event (the server sends one every 15 s) before the page starts to ask
const FIRST_STATE = 4_000; // ms a new line may take to bring its first state: networks that hold streams back
const ASK_EVERY = 3_000; // ms between two questions while the line is silent
const RENEW_AFTER = 9 * 60_000; // ms; tokens are good for 15 minutes
const RENEW_SPREAD = 4 * 60_000; // ms; so that a full room does not renew all at once
const LONGEST_PAUSE = 15_000; // ms between two attempts

const withJitter = (milliseconds) => milliseconds * (0.5 + Math.random());
const pause = (attempt) => withJitter(Math.min(LONGEST_PAUSE, 1_000 * 2 ** attempt));

export function listen({ url, poll, renew, onState, onStatus = () => {} }) {
  const line = { source: null, version: -1, heard: Date.now(), started: 0, attempt: 0, tag: "", asking: false };
  let addresses = { url, poll };
  let status = "";
  let stopped = false;
  let reopening = 0;
  let renewing = 0;

  function say(now) {
    if (now !== status) {
      status = now;
      onStatus(now);
    }
  }

  function take(version, text) {
    if (version <= line.version) return;
    line.version = version;
    onState(JSON.parse(text));
  }

  function open() {
    line.source?.close();
    clearTimeout(reopening);
    const source = new EventSource(addresses.url);
    line.source = source;
    line.started = Date.now();
    source.addEventListener("state", (event) => {
      alive();
      take(Number(event.lastEventId), event.data);
    });
    source.addEventListener("beat", alive);
    source.addEventListener("error", () => {
      // The browser tries again by itself while CONNECTING; CLOSED means that the server refused.
      if (source === line.source && source.readyState === EventSource.CLOSED) renewSoon();
    });
  }

  function alive() {
    line.heard = Date.now();
    line.attempt = 0;
    say("live");
  }

  function renewSoon() {
    clearTimeout(reopening);
    reopening = setTimeout(renewNow, pause(line.attempt++));
  }

  async function renewNow() {
    if (stopped) return;
    try {
      const answer = await fetch(renew, { headers: { Accept: "application/json" }, redirect: "manual" });
      if (!answer.ok) throw new Error(String(answer.status));
      addresses = await answer.json();
    } catch {
      if (!stopped) renewSoon();
      return;
    }
    if (stopped) return;
    open();
    clearTimeout(renewing);
    renewing = setTimeout(renewNow, RENEW_AFTER + Math.random() * RENEW_SPREAD);
  }

  async function ask() {
    if (line.asking || stopped) return;
    line.asking = true;
    const silent = Date.now() - line.heard > SILENCE;
    try {
      const headers = line.tag ? { "If-None-Match": line.tag } : {};
      const answer = await fetch(addresses.poll, { headers, cache: "no-store", signal: AbortSignal.timeout(10_000) });
      if (answer.status === 403) renewSoon();
      if (answer.ok) {
        line.tag = answer.headers.get("ETag") ?? "";
        take(Number(line.tag.replace(/\D/g, "")), await answer.text());
      }
      if (silent) say(answer.ok || answer.status === 304 ? "polling" : "offline");
    } catch {
      say("offline");
    } finally {
      line.asking = false;
    }
  }

  function watch() {
    const now = Date.now();
    const silent = now - line.heard > SILENCE;
    const firstIsLate = line.version < 0 && now - line.started > FIRST_STATE;
    if (silent || firstIsLate) ask();
    // A line that says nothing for long is dead even if the browser has not noticed.
    if (silent && now - line.started > 2 * SILENCE) open();
  }

  function comeBack() {
    // A phone that was asleep: its line may be dead without knowing.
    if (document.visibilityState === "visible" && Date.now() - line.heard > 2_000) {
      ask();
      if (line.source?.readyState !== EventSource.OPEN) renewSoon();
    }
  }

  function stop() {
    stopped = true;
    line.source?.close();
    clearTimeout(reopening);
    clearTimeout(renewing);
    clearInterval(watching);
    document.removeEventListener("visibilitychange", comeBack);
    window.removeEventListener("online", comeBack);
    window.removeEventListener("pagehide", stop);
  }

  const watching = setInterval(watch, withJitter(ASK_EVERY));
  renewing = setTimeout(renewNow, RENEW_AFTER + Math.random() * RENEW_SPREAD);
  document.addEventListener("visibilitychange", comeBack);
  window.addEventListener("online", comeBack);
  window.addEventListener("pageshow", (event) => event.persisted && location.reload(), { once: true });
  window.addEventListener("pagehide", stop);
  open();
  return stop;
}
