// The navigator: keeps the state of each question in words, and shows which one is in view.

const nav = document.querySelector("[data-navigator]");

function linkOf(name) {
  return nav.querySelector(`a[data-question="${CSS.escape(name)}"]`);
}

function describe(link, { state, isFlagged }) {
  const states = ["answered", "blank", "unsaved"];
  if (state) {
    link.classList.remove(...states.map((name) => `is-${name}`));
    link.classList.add(`is-${state}`);
  }
  if (isFlagged !== undefined) link.classList.toggle("is-flagged", isFlagged);

  const words = states.filter((name) => link.classList.contains(`is-${name}`)).map((name) => nav.dataset[name]);
  if (link.classList.contains("is-flagged")) words.push(nav.dataset.flagged);
  link.querySelector("[data-state-word]").textContent = words.join(", ");
}

function followTheReader() {
  const seen = new IntersectionObserver(
    (entries) => {
      const entry = entries.find((one) => one.isIntersecting);
      if (!entry) return;
      nav.querySelector("[aria-current]")?.removeAttribute("aria-current");
      linkOf(entry.target.dataset.question)?.setAttribute("aria-current", "true");
    },
    { rootMargin: "-20% 0px -60% 0px" },
  );
  for (const question of document.querySelectorAll("section[data-question]")) seen.observe(question);
}

if (nav) {
  document.addEventListener("question:state", ({ detail }) => {
    const link = linkOf(detail.name);
    if (link) describe(link, detail);
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-flag]")) return;
    const link = linkOf(event.target.value);
    if (link) describe(link, { isFlagged: event.target.checked });
  });

  followTheReader();
}
