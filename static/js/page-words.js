// The state of the whole page in words, and what can be done about it. It stays in sight at the top.

export function pageWords(form) {
  const words = form.dataset;
  const bar = document.querySelector("[data-attempt-bar]");
  const line = bar.querySelector("[data-save-state]");
  const text = line.querySelector("[data-save-text]");
  const help = bar.querySelector("[data-page-help]");
  const news = document.querySelector("[data-attempt-news]");
  const receipt = bar.querySelector("[data-to-receipt]");
  const again = bar.querySelector("[data-load-again]");
  const looks = { saved: "saved", offline: "offline", busy: "offline", closed: "conflict", refused: "conflict" };

  let lastSaved = text.textContent; // the server's word, in the page or in its latest answer

  function waiting(count) {
    if (count === 0) return lastSaved || words.nothingYet;
    return count === 1 ? words.waitingOne : words.waitingMany.replace("{count}", count);
  }

  function inWords(state, count, message) {
    switch (state) {
      case "offline":
        return count ? `${words.offline} ${waiting(count)}` : words.offline;
      case "busy":
        return `${words.busy} ${waiting(count)}`;
      case "signed-out":
        return words.signedOut;
      case "handing-in":
        return words.handingIn;
      case "too-late":
      case "closed":
        return count === 1 ? words.lateOne : words.lateMany.replace("{count}", count);
      case "refused":
        return message;
      default:
        return waiting(count);
    }
  }

  function write(element, said) {
    // Written only when it changes: a live region repeats what is written again.
    if (element.textContent !== said) element.textContent = said;
  }

  again.addEventListener("click", () => location.reload());

  return {
    bar,
    hasSaved(said) {
      lastSaved = said;
    },
    // "saved", "waiting", "offline", "busy", "signed-out", "handing-in", "too-late", "closed" or "refused".
    page(state, count, message = "") {
      line.className = `save-state is-${looks[state] ?? (count ? "waiting" : "saved")}`;
      write(text, inWords(state, count, message));
      write(help, state === "offline" ? words.offlineHelp : ["closed", "too-late"].includes(state) ? words.lateHelp : "");
      receipt.hidden = state !== "closed";
      again.hidden = state !== "refused";
    },
    tell(said, { isUrgent = false } = {}) {
      news.setAttribute("role", isUrgent ? "alert" : "status");
      news.hidden = !said;
      write(news, said);
    },
  };
}
