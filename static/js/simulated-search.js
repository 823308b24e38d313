// Simulated search: a page opens in its place, without a way to the server, and is added to the trail.
// One page is open at a time, as after the server's answer to the same button.

const MOST = 40;

function enhance(root) {
  const trail = root.querySelector("[data-trail]");
  const said = root.querySelector("[data-search-said]");
  const buttons = [...root.querySelectorAll("[data-open]")];
  const panel = (button) => document.getElementById(button.getAttribute("aria-controls"));
  const opened = () => trail.value.split(" ").filter(Boolean);

  function draw(shown) {
    const before = opened();
    for (const button of buttons) {
      const isShown = button.dataset.open === shown;
      button.setAttribute("aria-expanded", String(isShown));
      panel(button).classList.toggle("is-closed", !isShown);
      const chip = button.parentElement.querySelector("[data-was-opened]");
      chip.classList.toggle("is-off", !before.includes(button.dataset.open));
    }
  }

  function open(button) {
    const pages = opened();
    if (pages.length < MOST) trail.value = [...pages, button.dataset.open].join(" ");
    draw(button.dataset.open);
    said.textContent = root.dataset.said.replace("{number}", button.dataset.number);
    // A hidden field tells nobody that it changed.
    trail.dispatchEvent(new Event("change", { bubbles: true }));
  }

  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-open]");
    if (!button) return;
    event.preventDefault();
    if (button.getAttribute("aria-expanded") === "true") draw("");
    else open(button);
  });
  trail.addEventListener("input", () => draw(opened().at(-1)));
  root.closest("form")?.addEventListener("reset", () => setTimeout(() => draw(opened().at(-1))));
  draw(opened().at(-1));
}

for (const root of document.querySelectorAll("[data-search]")) enhance(root);
