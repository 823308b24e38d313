// The live part of the door's pages: asked for every three seconds, replaced when something changed.
// Without script a link loads the page again.

const PAUSE_MS = 3000;

const live = document.querySelector("[data-live]");
const said = document.querySelector("[data-live-said]");

let version = "";

async function look() {
  if (document.hidden) return;
  const headers = version ? { "If-None-Match": version } : {};
  const answer = await fetch(live.dataset.live, { headers, redirect: "manual", cache: "no-store" });
  if (answer.type === "opaqueredirect" || answer.status === 404) {
    // Signed out, or the class is no longer ours: the page itself says so.
    location.reload();
    return;
  }
  if (answer.status !== 200) return;
  version = answer.headers.get("ETag") ?? "";
  replace(await answer.text());
}

function replace(html) {
  const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
  live.innerHTML = html;
  if (focused) document.getElementById(focused)?.focus();
  const words = live.querySelector("[data-live-words]")?.textContent.trim().replace(/\s+/g, " ");
  if (said && words && said.textContent !== words) said.textContent = words;
}

async function goOn() {
  try {
    await look();
  } catch {
    // The network was away for a moment; the next look finds it again or not.
  }
  setTimeout(goOn, PAUSE_MS);
}

if (live) setTimeout(goOn, PAUSE_MS);
