// The save state of each question in words, and the choice between two answers.

export function saveWords(form) {
  const words = form.dataset;
  const sections = new Map(
    [...form.querySelectorAll("section[data-question]")].map((one) => [Number(one.dataset.number), one]),
  );

  function write(root, text, state) {
    const line = root.querySelector("[data-save-state]");
    if (!line) return;
    line.className = `save-state is-${state}`;
    // The page's own line speaks for all questions; one of them is read aloud only when it needs something.
    line.setAttribute("aria-live", state === "conflict" ? "polite" : "off");
    const span = line.querySelector("[data-save-text]");
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
