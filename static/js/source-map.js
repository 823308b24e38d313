// Source map: a line is drawn as soon as a claim has a source. The lists to choose from stay the form.

// As in question_types/source_map/drawing.html.
const curve = (from, to) => `M32 ${from}C76 ${from} 88 ${to} 132 ${to}`;

function enhance(root) {
  const claims = [...root.querySelectorAll("[data-claim]")];

  function draw() {
    for (const claim of claims) {
      const line = root.querySelector(`[data-line="${claim.dataset.claim}"]`);
      const chosen = claim.querySelector("select").value;
      const source = chosen && root.querySelector(`[data-source="${chosen}"]`);
      line.classList.toggle("is-open", !source);
      if (source) line.setAttribute("d", curve(line.dataset.height, source.getAttribute("cy")));
    }
  }

  root.querySelector("[data-draw]")?.closest("p").remove();
  root.addEventListener("change", draw);
  root.closest("form")?.addEventListener("reset", () => setTimeout(draw));
  // A browser that restores a form after going back sends no event.
  window.addEventListener("pageshow", draw);
}

for (const root of document.querySelectorAll("[data-claims-map]")) enhance(root);
