// The projector's arrow keys and a clicker's page keys follow the links Previous, Next and Reveal. The prompter,
// open in another window of this browser, follows the projector; it never leads, so looking ahead reveals nothing.

const step = document.querySelector("[data-present]");
const FOLLOWING = "#following";

function isBusy(event) {
  const typing = event.target.closest?.("input, select, textarea, summary, [contenteditable]");
  return typing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || document.querySelector("dialog[open]");
}

function atEnd() {
  return innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
}

// A page key turns the page only where there is nothing left to scroll to.
function relation(key) {
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
  if (key === forward || (key === "PageDown" && atEnd())) return "next";
  if (key === back || (key === "PageUp" && scrollY === 0)) return "prev";
  return null;
}

document.addEventListener("keydown", (event) => {
  const wanted = isBusy(event) ? null : relation(event.key);
  const link = wanted && document.querySelector(`a[rel="${wanted}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});

function lead(channel) {
  const tell = () => channel.postMessage({ at: step.dataset.present });
  channel.addEventListener("message", (event) => {
    if (event.data.ask) tell();
  });
  // Also when the browser brings the page back out of its memory.
  addEventListener("pageshow", tell);
}

function follow(channel) {
  const here = () => location.pathname + location.search;
  channel.addEventListener("message", (event) => {
    const wanted = event.data.at && new URL(event.data.at, location.href);
    if (!wanted || wanted.pathname !== location.pathname || wanted.pathname + wanted.search === here()) return;
    location.replace(wanted.href + FOLLOWING);
  });
  // The projector may have gone on while this page was loading.
  if (location.hash === FOLLOWING) channel.postMessage({ ask: true });
}

if ("BroadcastChannel" in window) {
  const channel = new BroadcastChannel("present");
  if (step) lead(channel);
  else if (document.querySelector("[data-prompter]")) follow(channel);
}
