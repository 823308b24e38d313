// Six pages: each choice draws the map anew. Pages that lead to one another have one source.
// The same rule as on the server (question_types/six_pages/map.py), from the student's own choices alone.

// As in question_types/six_pages/map.html.
const curve = (from, to) => `M46 ${from}C150 ${from} 172 ${to} 276 ${to}`;

const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function origins(pages, choices) {
  let joined = new Map(pages.map((page) => [page, page]));
  for (const [page, choice] of choices) {
    if (!joined.has(choice)) continue;
    const [old, now] = [joined.get(page), joined.get(choice)];
    joined = new Map([...joined].map(([one, origin]) => [one, origin === old ? now : origin]));
  }
  const leadsNoFurther = (page) => !joined.has(choices.get(page));
  const beside = new Map();
  for (const page of pages) {
    const members = pages.filter((other) => joined.get(other) === joined.get(page));
    beside.set(page, members.find(leadsNoFurther) ?? members[0]);
  }
  return beside;
}

function enhance(root) {
  const words = root.dataset;
  const cards = [...root.querySelectorAll("[data-page]")];
  const counter = root.querySelector("[data-counter]");
  const guess = root.querySelector("[data-guess]");
  const numbers = new Map(cards.map((card) => [card.dataset.page, card.dataset.number]));
  const select = (card) => card.querySelector("select");

  function draw() {
    const choices = new Map(cards.map((card) => [card.dataset.page, select(card).value]).filter(([, given]) => given));
    const beside = origins([...numbers.keys()], choices);
    const line = (page) => root.querySelector(`[data-line="${page}"]`);
    for (const [page, origin] of beside) {
      line(page).setAttribute("d", curve(line(page).dataset.height, line(origin).dataset.height));
      root.querySelector(`[data-origin="${page}"]`).classList.toggle("is-out", ![...beside.values()].includes(page));
      root.querySelector(`[data-cell="${page}"]`).textContent =
        page === origin ? words.own : fill(words.as, { number: numbers.get(origin) });
    }
    const count = new Set(beside.values()).size;
    const sentence = count === 1 ? words.counterOne : fill(words.counterMany, { count });
    if (counter.textContent !== sentence) counter.textContent = sentence;
    lock(choices.size > 0);
  }

  // The guess is locked in once the first page is decided: what it was stays to be compared with.
  function lock(isDecided) {
    if (!guess?.value || !isDecided) return;
    for (const option of guess.options) option.disabled = option.value !== guess.value;
  }

  root.querySelector("[data-draw]")?.closest("p").remove();
  root.addEventListener("change", draw);
  root.closest("form")?.addEventListener("reset", () => setTimeout(draw));
  // A browser that restores a form after going back sends no event.
  window.addEventListener("pageshow", draw);
}

for (const root of document.querySelectorAll("[data-six-pages]")) enhance(root);
