// Sorting: the bins show at once what lies in them, and say where a card went.
// The lists to choose from stay the form: without script the bins are drawn with the page.

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function enhance(root) {
  const cards = [...root.querySelectorAll("[data-card]")];
  const bins = [...root.querySelectorAll("[data-bin]")];
  const said = root.querySelector("[data-said]");
  const text = (card) => card.querySelector("[data-card-text]");

  function draw() {
    for (const bin of bins) {
      const held = cards.filter((card) => card.querySelector("select").value === bin.dataset.bin);
      const items = held.map((card) => {
        const item = document.createElement("li");
        item.append(...[...text(card).childNodes].map((node) => node.cloneNode(true)));
        return item;
      });
      bin.querySelector("ul").replaceChildren(...items);
    }
  }

  root.addEventListener("change", (event) => {
    draw();
    const card = event.target.closest("[data-card]");
    const bin = bins.find((one) => one.dataset.bin === event.target.value);
    const values = { card: text(card).textContent.trim(), bin: bin?.querySelector("h3").textContent.trim() };
    said.textContent = fill(bin ? root.dataset.put : root.dataset.out, values);
  });
  root.closest("form")?.addEventListener("reset", () => setTimeout(draw));
  // A browser that restores a form after going back sends no event.
  window.addEventListener("pageshow", draw);
}

for (const root of document.querySelectorAll("[data-sorting]")) enhance(root);
