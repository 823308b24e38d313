// Put in order: buttons Up and Down in place of the fields that give each element its place.
// The fields stay in the form and are set all at once, so that both ways post the same.

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function button(kind, words, name) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button is-small";
  made.dataset.move = kind;
  made.textContent = words;
  made.setAttribute("aria-label", name);
  return made;
}

function enhance(root) {
  const words = root.dataset;
  const list = root.querySelector("ol");
  const said = root.querySelector("[data-order-said]");
  const blank = root.querySelector("[data-order-blank]");

  const items = () => [...list.children];
  const field = (item) => item.querySelector("select");
  const text = (item) => item.querySelector("[data-order-text]").textContent.trim();

  function showState() {
    blank.hidden = items().every((item) => field(item).value);
    items().forEach((item, index, all) => {
      // aria-disabled, because a disabled button would drop the focus that stands on it.
      item.querySelector('[data-move="up"]').setAttribute("aria-disabled", index === 0);
      item.querySelector('[data-move="down"]').setAttribute("aria-disabled", index === all.length - 1);
    });
  }

  function give(sentence) {
    items().forEach((item, index) => {
      field(item).value = String(index + 1);
    });
    showState();
    said.textContent = sentence;
    // One event is enough: whoever saves reads the whole question.
    field(list.firstElementChild).dispatchEvent(new Event("change", { bubbles: true }));
  }

  function move(pressed) {
    const item = pressed.closest("li");
    const isUp = pressed.dataset.move === "up";
    const neighbour = isUp ? item.previousElementSibling : item.nextElementSibling;
    if (!neighbour) return;
    if (isUp) neighbour.before(item);
    else neighbour.after(item);
    pressed.focus();
    const place = items().indexOf(item) + 1;
    give(fill(words.moved, { place, count: items().length, element: text(item) }));
  }

  for (const item of items()) {
    const moves = document.createElement("span");
    moves.className = "order-list__moves";
    moves.append(
      button("up", words.up, fill(words.moveUp, { element: text(item) })),
      button("down", words.down, fill(words.moveDown, { element: text(item) })),
    );
    item.append(moves);
    field(item).hidden = true;
  }

  list.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-move]");
    if (pressed) move(pressed);
  });
  root.querySelector("[data-order-keep]").addEventListener("click", () => {
    give(words.kept);
    list.querySelector("button").focus();
  });
  // Somebody else may set the fields: "Clear answer", or an answer that comes back after a reload.
  root.addEventListener("change", showState);
  root.closest("form")?.addEventListener("reset", () => setTimeout(showState));
  showState();
}

for (const root of document.querySelectorAll("[data-order-list]")) {
  if (!root.querySelector("select:disabled")) enhance(root);
}
