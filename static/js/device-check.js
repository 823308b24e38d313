// Checks what a quiz needs of this device and says it in words. That this module runs at all is half of the browser check.

const ROUNDS = 5;
const SLOW_MS = 1500;
const CLOCK_OFF_MS = 60_000;

const checks = document.querySelector("[data-checks]");
const all = document.querySelector("[data-all]");
const again = document.querySelector("[data-again]");

function tell(key, outcome, values = {}) {
  const check = checks.querySelector(`[data-check="${key}"]`);
  let words = check.dataset[outcome];
  for (const [name, value] of Object.entries(values)) words = words.replace(`{${name}}`, value);
  check.querySelector("[data-said]").textContent = words;
  check.dataset.outcome = outcome;
}

function hasFeatures() {
  return ["fetch", "AbortController", "FormData", "structuredClone"].every((name) => name in globalThis);
}

function keepsAnswers() {
  try {
    const name = "device-check";
    sessionStorage.setItem(name, name);
    const isKept = sessionStorage.getItem(name) === name;
    sessionStorage.removeItem(name);
    return isKept;
  } catch {
    return false;
  }
}

// One way there and back: how long it took, and how far the server's clock is ahead of ours.
async function round() {
  const sentAt = performance.now();
  const answer = await fetch(checks.dataset.clock, { headers: { Accept: "application/json" }, cache: "no-store" });
  const { milliseconds } = await answer.json();
  const took = performance.now() - sentAt;
  return { took, ahead: milliseconds + took / 2 - Date.now() };
}

async function checkServer() {
  const rounds = [];
  try {
    for (let count = 0; count < ROUNDS; count += 1) rounds.push(await round());
  } catch {
    tell("connection", "lost");
    return tell("clock", "lost");
  }
  rounds.sort((one, other) => one.took - other.took);
  const middle = rounds[Math.floor(rounds.length / 2)];
  tell("connection", middle.took < SLOW_MS ? "fine" : "mend", { ms: Math.round(middle.took) });
  // The fastest round knows the difference best.
  const off = Math.abs(rounds[0].ahead);
  tell("clock", off < CLOCK_OFF_MS ? "fine" : "mend", { span: inMinutes(off) });
}

function inMinutes(milliseconds) {
  const format = new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit",
    unit: "minute",
    unitDisplay: "long",
    maximumFractionDigits: 0,
  });
  return format.format(Math.round(milliseconds / 60_000));
}

async function checkAll() {
  again.hidden = true;
  tell("browser", hasFeatures() ? "fine" : "mend");
  tell("storage", keepsAnswers() ? "fine" : "mend");
  tell("cookies", navigator.cookieEnabled ? "fine" : "mend");
  await checkServer();
  const isReady = [...checks.children].every((check) => check.dataset.outcome === "fine");
  all.textContent = isReady ? all.dataset.fine : all.dataset.mend;
  again.hidden = false;
}

again.addEventListener("click", checkAll);
checkAll();
