// The theme switch of every page: at once here, and kept by the same POST that works without script.

const form = document.querySelector("[data-theme-switch]");

form?.addEventListener("submit", (event) => {
  const chosen = event.submitter;
  if (!chosen) return;
  event.preventDefault();

  document.documentElement.dataset.theme = chosen.value;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button === chosen));
  }

  const body = new FormData(form);
  body.set(chosen.name, chosen.value);
  // A page that can't reach the server keeps the look until it is left; nothing else depends on it.
  fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
});
