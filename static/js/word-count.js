// Counts the words of a written answer. It counts, and judges nothing.

const QUIET_MS = 2000;

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

for (const line of document.querySelectorAll("[data-word-count]")) {
  const area = document.getElementById(line.dataset.wordCount);
  const { words, least, most } = line.dataset;
  let quiet = 0;

  // The count is read aloud only after a pause: spoken at every word it would talk over the writer.
  line.setAttribute("role", "status");
  line.setAttribute("aria-live", "off");

  area?.addEventListener("input", () => {
    const count = area.value.trim() ? area.value.trim().split(/\s+/u).length : 0;
    line.setAttribute("aria-live", "off");
    line.textContent = fill(words, { count, least, most });
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      line.setAttribute("aria-live", "polite");
      line.textContent = "";
      line.textContent = fill(words, { count, least, most });
    }, QUIET_MS);
  });
}
