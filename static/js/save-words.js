// The save state in words: of each question, of the page, and the choice between two answers.

export function saveWords(form) {
  const words = form.dataset;
  const page = form.querySelector("[data-page-state]");
  const signIn = form.querySelector("[data-sign-in-again]");
  const sections = new Map(
    [...form.querySelectorAll("section[data-question]")].map((one) => [Number(one.dataset.number), one]),
  );

  function write(root, text, state) {
    const line = root.querySelector("[data-save-state]");
    if (!line) return;
    line.className = `save-state is-${state}`;
    // The page's own line speaks for all questions; one of them is read aloud only when it needs something.
    line.setAttribute("aria-live", root === page || state === "conflict" ? "polite" : "off");
    const span = line.querySelector("[data-save-text]");
    // Written only when it changes: a live region repeats what is written again.
    if (span.textContent !== text) span.textContent = text;
  }

  function tellNavigator(slot, detail) {
    const name = sections.get(slot)?.dataset.question;
    document.dispatchEvent(new CustomEvent("question:state", { detail: { name, ...detail } }));
  }

  function list(title, lines) {
    const part = document.createElement("div");
    part.className = "conflict__one";
    const heading = document.createElement("p");
    heading.textContent = title;
    const items = document.createElement("ul");
    for (const line of lines.length ? lines : [words.blank]) {
      items.append(Object.assign(document.createElement("li"), { textContent: line }));
    }
    part.append(heading, items);
    return part;
  }

  function button(label, press) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    made.className = "button is-small";
    made.addEventListener("click", press);
    return made;
  }

  return {
    sections,
    waiting(slot) {
      write(sections.get(slot), words.notSaved, "waiting");
      tellNavigator(slot, { state: "unsaved" });
    },
    saved(slot, text, isBlank) {
      write(sections.get(slot), text, "saved");
      tellNavigator(slot, { state: isBlank ? "blank" : "answered" });
    },
    refused(slot, text) {
      write(sections.get(slot), text, "conflict");
      tellNavigator(slot, { state: "unsaved" });
    },
    // State of the whole page: "saved", "waiting", "offline", "signed-out", "handing-in".
    page(state, count) {
      const texts = {
        saved: words.allSaved,
        waiting: count === 1 ? words.waitingOne : words.waitingMany.replace("{count}", count),
        offline: words.offline,
        "signed-out": words.signedOut,
        "handing-in": words.handingIn,
      };
      write(page, texts[state], state === "saved" ? "saved" : state === "offline" ? "offline" : "waiting");
      signIn.hidden = state !== "signed-out";
      if (state === "signed-out" && !signIn.firstChild) {
        const link = document.createElement("a");
        Object.assign(link, { href: words.signInUrl, target: "_blank", rel: "noopener", textContent: words.signIn });
        signIn.append(link);
      }
    },
    ask(told, { keepMine, keepOther }) {
      const section = sections.get(told.slot);
      this.endAsk(told.slot);
      const box = document.createElement("div");
      box.className = "conflict";
      box.setAttribute("role", "alert");
      box.dataset.conflict = "";
      const asked = Object.assign(document.createElement("p"), { className: "conflict__ask", textContent: told.said });
      const both = Object.assign(document.createElement("div"), { className: "conflict__both" });
      const mine = list(words.mine, told.yours);
      mine.append(button(words.keepMine, keepMine));
      const other = list(words.other, told.stored);
      other.append(button(words.keepOther, keepOther));
      both.append(mine, other);
      box.append(asked, both);
      section.querySelector("legend").after(box);
      this.refused(told.slot, words.notSaved);
    },
    endAsk(slot) {
      sections.get(slot).querySelector(".conflict")?.remove();
    },
  };
}
