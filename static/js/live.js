// The live view of a quiz: asked for every four seconds, replaced when something changed; ages count on between.
// Without script a link loads the page again.

const PAUSE_MS = 4000;

const live = document.querySelector("[data-live]");
const said = document.querySelector("[data-live-said]");
const lost = document.querySelector("[data-live-lost]");

let version = "";
let readAt = performance.now();

async function look() {
  if (document.hidden) return;
  const headers = version ? { "If-None-Match": version } : {};
  const answer = await fetch(live.dataset.live, { headers, redirect: "manual", cache: "no-store" });
  if (answer.type === "opaqueredirect" || answer.status === 404) {
    // Signed out, or the class is no longer ours: the page itself says so.
    location.reload();
    return;
  }
  lost.hidden = answer.status < 500;
  if (answer.status !== 200) return;
  version = answer.headers.get("ETag") ?? "";
  replace(await answer.text());
}

function replace(html) {
  const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
  live.innerHTML = html;
  readAt = performance.now();
  if (focused) document.getElementById(focused)?.focus();
  const words = live.querySelector("[data-live-words]").textContent.trim().replace(/\s+/g, " ");
  if (said.textContent !== words) said.textContent = words;
}

function inWords(seconds) {
  if (seconds < 60) return live.dataset.seconds.replace("{count}", seconds);
  if (seconds < 3600) return live.dataset.minutes.replace("{count}", Math.floor(seconds / 60));
  return live.dataset.hours.replace("{count}", Math.floor(seconds / 3600));
}

function countOn() {
  const passed = Math.floor((performance.now() - readAt) / 1000);
  for (const one of live.querySelectorAll("[data-age]")) one.textContent = inWords(Number(one.dataset.age) + passed);
}

async function goOn() {
  try {
    await look();
  } catch {
    // The network was away for a moment; the next look finds it again or not.
    lost.hidden = false;
  }
  setTimeout(goOn, PAUSE_MS);
}

setTimeout(goOn, PAUSE_MS);
setInterval(countOn, 1000);
