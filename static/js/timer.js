// The clock: counts down what the server gave, on a clock that nobody can set back.
// It decides nothing. The server's deadline does; a save that learns of a new one sends "timer:set".

const timer = document.querySelector("[data-timer]");

if (timer) {
  const face = timer.querySelector("[data-timer-face]");
  const said = timer.querySelector("[data-timer-said]");
  const toggle = timer.querySelector("[data-timer-toggle]");
  const warnings = [600, 300, 60];

  let endsAt = 0;
  let before = Infinity;
  let isHidden = timer.hasAttribute("data-hidden");
  let ticking = 0;

  function secondsLeft() {
    return Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
  }

  function asClock(seconds) {
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

  function start(seconds) {
    clearInterval(ticking);
    endsAt = performance.now() + seconds * 1000;
    before = seconds + 1;
    said.textContent = "";
    ticking = setInterval(tick, 1000);
    tick();
  }

  function hide(wanted) {
    isHidden = wanted;
    face.hidden = isHidden;
    toggle.textContent = isHidden ? toggle.dataset.show : toggle.dataset.hide;
  }

  toggle.hidden = false;
  toggle.addEventListener("click", () => hide(!isHidden));
  document.addEventListener("timer:set", ({ detail }) => start(detail.secondsLeft));
  hide(isHidden);
  start(Number(timer.dataset.secondsLeft));
}
