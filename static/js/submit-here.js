// Summary and Submit without leaving the page, so that Submit carries every answer that stands on it.
// Without a connection Submit waits for it, and says so.

import { backoff } from "./backoff.js";
import { isPastGrace, secondsLeft } from "./server-clock.js";

export function submitHere(form, { flush, submit, hear, leave, tellPage, askClock }) {
  const place = document.querySelector("[data-summary-here]");
  const navigator = document.querySelector("[data-navigator]");
  const questions = [form, document.querySelector("main > .page-head"), navigator];
  const wait = backoff();

  let timer = 0;
  let isHandingIn = false;
  let isByTime = false;

  function show(isSummary) {
    for (const part of questions) part.hidden = isSummary;
    place.hidden = !isSummary;
  }

  async function openSummary() {
    const isDelivered = await flush();
    // An answer that was refused or that waits for a choice is settled first; a lost connection is not the student's.
    if (!isDelivered && form.querySelector("[data-conflict]")) return scrollToTrouble();
    const page = (await fetchSummary()) ?? summaryWithoutServer();
    place.replaceChildren(document.importNode(page, true));
    // Back leads to the questions, as it would from a page of its own, and not out of the try.
    if (!history.state?.isSummary) history.pushState({ isSummary: true }, "");
    show(true);
    const title = place.querySelector("h1");
    title.tabIndex = -1;
    title.focus();
    scrollTo(0, 0);
  }

  function scrollToTrouble() {
    form.querySelector("[data-conflict]").scrollIntoView({ block: "center" });
  }

  async function fetchSummary() {
    try {
      const answer = await fetch(form.dataset.summaryUrl, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return page.querySelector("[data-summary]");
    } catch {
      return null;
    }
  }

  // What this page knows itself, while the server can't be asked.
  function summaryWithoutServer() {
    const page = document.querySelector("[data-summary-offline]").content.cloneNode(true);
    page.querySelector("[data-questions]").replaceWith(navigator.cloneNode(true));
    page.querySelector("[data-navigator]").hidden = false;
    return page;
  }

  function back(question) {
    if (history.state?.isSummary) history.replaceState(null, "");
    stop();
    show(false);
    tellPage();
    document.getElementById(question || "question-1")?.scrollIntoView();
  }

  function stop() {
    clearTimeout(timer);
    isHandingIn = false;
  }

  function say(text) {
    const line = place.querySelector("[data-submit-state]");
    if (line && line.textContent !== text) line.textContent = text;
  }

  async function handIn() {
    clearTimeout(timer);
    isHandingIn = true;
    tellPage("handing-in");
    const told = await submit();
    if (!isHandingIn) return; // Back to the questions meanwhile.
    if (told === null) return stop();
    if (told.kind === "told" && told.receipt) return leave(told);
    if (["offline", "busy"].includes(told.kind) && !isPastGrace()) {
      tellPage(told.kind);
      say(form.dataset.submitWaits);
      timer = setTimeout(handInAgain, wait.next(told.retryAfter));
      return;
    }
    wait.reset();
    back();
    if (await hear(told)) tellPage();
  }

  async function handInAgain() {
    if (!isHandingIn) return;
    // While this page was without the server, a teacher may have given more time.
    if (isByTime && (await askClock()) && secondsLeft() !== 0) return stop();
    handIn();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.value === "summary") openSummary();
    else flush();
  });

  place.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-back], a[href*='#question-']");
    if (!link) return;
    event.preventDefault();
    back(new URL(link.href).hash.slice(1));
  });
  place.addEventListener("submit", (event) => {
    event.preventDefault();
    isByTime = false;
    handIn();
  });

  addEventListener("popstate", ({ state }) => {
    if (!state?.isSummary && !place.hidden) back();
    if (state?.isSummary && place.hidden) openSummary();
  });
  addEventListener("online", handInAgain);
  document.addEventListener("timer:ended", () => {
    isByTime = true;
    handIn();
  });
}
