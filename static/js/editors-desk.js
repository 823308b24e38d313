// Editor's desk: a choice opens the next step at once and moves the meters; steps that no longer follow go.
// The same rule as on the server (question_types/editors_desk/way.py). The focus stays where it is.

const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function enhance(root) {
  const nodes = new Map([...root.querySelectorAll("[data-node]")].map((node) => [node.dataset.node, node]));
  const meters = [...root.querySelectorAll("[role=status] [data-meter]")];
  const said = root.querySelector("[data-desk-said]");
  const chosen = (node) => node.querySelector("[data-next]:checked");

  function way() {
    const steps = [];
    for (let node = [...nodes.values()][0]; node; ) {
      steps.push(node);
      node = nodes.get(chosen(node)?.dataset.next);
    }
    return steps;
  }

  // Returns whether an answer was taken out.
  function open(steps) {
    let isDropped = false;
    for (const node of nodes.values()) {
      const isReached = steps.includes(node);
      node.classList.toggle("is-later", !isReached);
      for (const given of isReached ? [] : node.querySelectorAll("input:checked")) {
        given.checked = false;
        isDropped = true;
      }
    }
    return isDropped;
  }

  function measure(steps) {
    const effects = steps.flatMap((node) => chosen(node)?.dataset.effects.split(" ") ?? []);
    for (const meter of meters) {
      const counts = effects.map((one) => one.split(":")).filter(([id]) => id === meter.dataset.meter);
      const sum = counts.reduce((all, [, by]) => all + Number(by), 0);
      const words = [...meter.querySelectorAll("[data-least]")];
      const now = words.findLast((word) => Number(word.dataset.least) <= sum);
      for (const word of words) word.hidden = word !== now;
    }
  }

  function draw() {
    const steps = way();
    const isDropped = open(steps);
    measure(steps);
    return { last: steps.at(-1), isDropped };
  }

  function tell({ last, isDropped }) {
    const isOpen = !chosen(last);
    const next = isOpen ? fill(root.dataset.opened, { number: last.dataset.number }) : root.dataset.end;
    const sentence = isDropped ? `${root.dataset.dropped} ${next}` : next;
    if (said.textContent !== sentence) said.textContent = sentence;
  }

  root.querySelector("[data-go-on]")?.closest("p").remove();
  root.addEventListener("change", (event) => {
    root.querySelector("[data-desk-dropped]")?.remove();
    const drawn = draw();
    if (event.target.matches("[data-next]")) tell(drawn);
  });
  root.closest("form")?.addEventListener("reset", () => setTimeout(draw));
  // A browser that restores a form after going back sends no event.
  window.addEventListener("pageshow", draw);
}

for (const root of document.querySelectorAll("[data-desk]")) enhance(root);
