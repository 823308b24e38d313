// Asks the server every few seconds whether the try goes on and when it ends, so that what a teacher changes is
// seen within ten seconds. A page that nobody looks at asks when it is looked at again.

import { hearClock, knownDeadline } from "./server-clock.js";

const EVERY_MS = 7_000;

export function followState(form, { state, hear, isReachable, words }) {
  const news = form.dataset;
  let timer = 0;
  let generation = Number(news.generation);
  let hidesClock = news.hidesClock === "true";

  async function ask() {
    clearTimeout(timer);
    if (document.hidden) return;
    const told = await state();
    if (told.kind === "same") {
      hearClock({ server_time: told.server_time, deadline: knownDeadline() });
      isReachable();
    } else if (await hear(told)) {
      isReachable();
      follow(told);
    }
    // Thirty pages that were opened by one sentence of a teacher don't ask at one instant.
    timer = setTimeout(ask, EVERY_MS * (0.8 + 0.4 * Math.random()));
  }

  function follow(told) {
    if (told.hides_clock !== hidesClock) {
      hidesClock = told.hides_clock;
      document.dispatchEvent(new CustomEvent("clock:hides", { detail: { isHidden: hidesClock } }));
    }
    if (told.generation !== generation) {
      generation = told.generation;
      words.tell(news.reopened);
    }
  }

  document.addEventListener("clock:moved", ({ detail }) => {
    const said = { later: news.endsLater, earlier: news.endsEarlier, set: news.endsSet, lifted: news.endsLifted };
    words.tell(said[detail.change].replace("{time}", detail.ends), { isUrgent: detail.change === "earlier" });
  });
  document.addEventListener("visibilitychange", ask);
  addEventListener("online", ask);
  timer = setTimeout(ask, EVERY_MS * Math.random());
}
