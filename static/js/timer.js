// The clock on the page. It decides nothing: the server's deadline does.

import { beginClock, secondsLeft } from "./server-clock.js";

const timer = document.querySelector("[data-timer]");
const REMEMBERED = "clock";
const DAY = 86_400;

if (timer) {
  const face = timer.querySelector("[data-timer-face]");
  const said = timer.querySelector("[data-timer-said]");
  const toggle = timer.querySelector("[data-timer-toggle]");
  const warnings = [600, 300, 60];

  let before = Infinity;
  let isHidden = timer.hasAttribute("data-hidden") || remembered() === "hidden";
  let ticking = 0;

  function asClock(seconds) {
    // Homework that closes next week has days; seconds that run would only press.
    if (seconds >= 2 * DAY) return `${Math.floor(seconds / DAY)} ${timer.dataset.daysLeft}`;
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor((seconds % 3600) / 60);
    const two = (number) => String(number).padStart(2, "0");
    return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)} ${timer.dataset.left}`;
  }

  function tick() {
    const left = secondsLeft();
    face.textContent = asClock(left);
    // A page that slept through a warning says the latest one only.
    const due = warnings.filter((mark) => before > mark && left <= mark && left > 0).at(-1);
    if (due) said.textContent = timer.getAttribute(`data-said-${due}`);
    before = left;
    if (left > 0) return;
    clearInterval(ticking);
    said.textContent = timer.getAttribute("data-said-0");
    document.dispatchEvent(new CustomEvent("timer:ended"));
  }

  function start() {
    clearInterval(ticking);
    const left = secondsLeft();
    timer.hidden = left === null;
    said.textContent = "";
    if (left === null) return;
    // A warning is said when its mark is passed, not when a page opens below it.
    before = left + 1;
    ticking = setInterval(tick, 1000);
    tick();
  }

  function hide(wanted) {
    isHidden = wanted;
    face.hidden = isHidden;
    toggle.textContent = isHidden ? toggle.dataset.show : toggle.dataset.hide;
  }

  function remembered() {
    try {
      return localStorage.getItem(REMEMBERED);
    } catch {
      return null;
    }
  }

  function choose(wanted) {
    hide(wanted);
    try {
      localStorage.setItem(REMEMBERED, wanted ? "hidden" : "shown");
    } catch {
      // Then it lasts for this page.
    }
  }

  toggle.hidden = false;
  toggle.addEventListener("click", () => choose(!isHidden));
  document.addEventListener("clock:moved", start);
  document.addEventListener("clock:hides", ({ detail }) => hide(detail.isHidden));
  hide(isHidden);
  const seconds = timer.dataset.secondsLeft;
  beginClock(timer.dataset.deadline ?? "", seconds ? Number(seconds) : null);
  start();
}
