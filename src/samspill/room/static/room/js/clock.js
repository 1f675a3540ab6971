// Clocks: the server's time, how long the item has been on, and when the gathering will end at this pace.

const MINUTE = 60_000;
const ZONE = "Europe/Oslo";

let ahead = 0; // ms by which the server's clock is ahead of ours

export function startClocks(serverNow) {
  ahead = serverNow - Date.now();
  tick();
  setInterval(tick, 1_000);
}

export function tick() {
  const now = Date.now() + ahead;
  for (const element of document.querySelectorAll("[data-clock]")) show(element, now);
}

const oclock = (moment) =>
  new Intl.DateTimeFormat("nb", { hour: "2-digit", minute: "2-digit", timeZone: ZONE }).format(moment);

const number = (element, name) => Number(element.dataset[name] ?? 0) || 0;

const used = (element, now) =>
  number(element, "used") * MINUTE + (element.dataset.since ? Math.max(0, now - number(element, "since")) : 0);

function show(element, now) {
  if (element.dataset.clock === "now") return say(element, oclock(now));
  const spent = used(element, now);
  const given = number(element, "minutes") * MINUTE;
  if (element.dataset.clock === "item") {
    element.toggleAttribute("data-over", spent > given);
    const seconds = Math.floor(spent / 1_000);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    return say(element, element.dataset.format.replace("{time}", time).replace("{minutes}", element.dataset.minutes));
  }
  return showDebt(element, now, spent, given);
}

function showDebt(element, now, spent, given) {
  const ends = now + Math.max(0, given - spent) + number(element, "rest") * MINUTE;
  const late = Math.round((ends - number(element, "ends")) / MINUTE);
  const words = late > 0 ? "textLate" : late < 0 ? "textEarly" : "textEven";
  element.toggleAttribute("data-behind", late > 0);
  return say(element, element.dataset[words].replace("{n}", Math.abs(late)).replace("{time}", oclock(ends)));
}

function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
