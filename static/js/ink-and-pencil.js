// Ink and pencil: the page sets itself while verdicts are chosen.
// It knows the student's own verdicts and nothing else; what they are worth stays with the server.

const SETTINGS = { backed: "ink", claimed: "claimed", unsourced: "pencil", contradicted: "struck", view: "quoted" };
const TAGS = { struck: "del", quoted: "q" };

function setLine(line) {
  const verdict = line.querySelector("input:checked")?.value;
  const setting = SETTINGS[verdict] ?? "blank";

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
  page.addEventListener("change", (event) => {
    const line = event.target.closest("[data-set-line]");
    if (line) setLine(line);
  });
  page.closest("form")?.addEventListener("reset", () => setTimeout(() => lines.forEach(setLine)));
  // A browser that restores a form after going back sends no event.
  window.addEventListener("pageshow", () => lines.forEach(setLine));
}
