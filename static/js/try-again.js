// A page that was sent while the server was busy goes again by itself, not all phones at one instant.

const form = document.querySelector("[data-try-again]");

if (form) {
  const seconds = Number(form.dataset.tryAgain) + 2 * Math.random();
  setTimeout(() => form.requestSubmit(), seconds * 1000);
}
