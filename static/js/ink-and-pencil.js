// Ink and pencil: the page sets itself while verdicts are chosen.
// It knows the student's own verdicts and nothing else; what they are worth stays with the server.
// Each line gets a list that stands for its five buttons where the style sheet finds it narrow; the form is the buttons.

const SETTINGS = { backed: "ink", claimed: "claimed", unsourced: "pencil", contradicted: "struck", view: "quoted" };
const TAGS = { struck: "del", quoted: "q" };

function addListOfVerdicts(line, firstWords) {
  const fieldset = line.querySelector("fieldset");
  const buttons = [...fieldset.querySelectorAll("input")];
  const list = document.createElement("select");
  list.add(new Option(firstWords, ""));
  for (const button of buttons) list.add(new Option(button.closest("label").textContent.trim(), button.value));
  list.disabled = buttons.every((button) => button.disabled);
  list.setAttribute("aria-label", fieldset.querySelector("legend").textContent);
  list.dataset.verdicts = "";
  list.addEventListener("change", (event) => {
    // Whoever saves hears of the button, which is what the form holds.
    event.stopPropagation();
    const chosen = buttons.find((button) => button.value === list.value);
    const last = chosen ?? buttons.find((button) => button.checked);
    if (!last) return;
    last.checked = Boolean(chosen);
    last.dispatchEvent(new Event("change", { bubbles: true }));
  });
  fieldset.append(list);
}

function setLine(line) {
  const verdict = line.querySelector("input:checked")?.value;
  const setting = SETTINGS[verdict] ?? "blank";
  line.querySelector("[data-verdicts]").value = verdict ?? "";

  for (const name of [...Object.values(SETTINGS), "blank"]) line.classList.toggle(`is-${name}`, name === setting);
  for (const mark of line.querySelectorAll("[data-set-for]")) mark.hidden = mark.dataset.setFor !== setting;

  const words = line.querySelector("[data-set-words]");
  const tag = TAGS[setting] ?? "span";
  if (words.localName === tag) return;
  const set = document.createElement(tag);
  set.dataset.setWords = "";
  set.append(...words.childNodes);
  words.replaceWith(set);
}

for (const page of document.querySelectorAll("[data-ink-and-pencil]")) {
  const lines = [...page.querySelectorAll("[data-set-line]")];
  for (const line of lines) {
    addListOfVerdicts(line, page.dataset.choose);
    setLine(line);
  }
  // Who clears or brings back a whole answer says so once, not line by line.
  page.addEventListener("change", () => lines.forEach(setLine));
  page.closest("form")?.addEventListener("reset", () => setTimeout(() => lines.forEach(setLine)));
  // A browser that restores a form after going back sends no event.
  window.addEventListener("pageshow", () => lines.forEach(setLine));
}
