// When the try ends, on a clock that nobody can set: performance.now() counts on, the server's word corrects it.
// Nothing here reads the computer's own clock, so setting that one changes nothing.

const GRACE_MS = 60_000; // the server takes what left the page in time
const STEPPED_MS = 5_000;

let deadline = "";
let endsAt = Infinity;

export function beginClock(text, seconds) {
  deadline = text;
  endsAt = text || seconds !== null ? performance.now() + seconds * 1000 : Infinity;
}

// The server's time and deadline, as every answer of it carries them. A deadline that moved is told to whoever listens.
export function hearClock({ server_time: now, deadline: told, ends }) {
  const text = told ?? "";
  const before = deadline;
  const left = text ? Date.parse(text) - Date.parse(now) : Infinity;
  const end = performance.now() + left;
  deadline = text;
  if (text !== before) {
    endsAt = end;
    document.dispatchEvent(new CustomEvent("clock:moved", { detail: { change: changeOf(before, text), ends } }));
  } else if (end < endsAt || end - endsAt > STEPPED_MS) {
    // A slow answer seems to give more time than there is; a page that slept has less than it thinks.
    endsAt = end;
  }
}

function changeOf(before, now) {
  if (!now) return "lifted";
  if (!before) return "set";
  return Date.parse(now) > Date.parse(before) ? "later" : "earlier";
}

export const knownDeadline = () => deadline;

// Whole seconds, or null without a deadline.
export function secondsLeft() {
  return endsAt === Infinity ? null : Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
}

export const isPastGrace = () => performance.now() > endsAt + GRACE_MS;
