// What this tab could not send, as a file that a teacher can enter. It holds what waits, and nothing else.

const OFFERED_AFTER_MS = 15_000;

export function answerFile(form, bar, waiting) {
  const button = bar.querySelector("[data-keep-file]");
  let since = null;
  let timer = 0;

  function contents() {
    return {
      format: "second-source-unsent-answers",
      v: 1,
      attempt: Number(form.dataset.attempt),
      kept_at: new Date().toISOString(),
      answers: waiting().map(({ slot, lease, seq, fields, flagged, shown_at }) => ({
        slot,
        lease: lease ?? 0, // none was given yet
        seq,
        fields,
        flagged,
        shown_at,
      })),
    };
  }

  button.addEventListener("click", () => {
    const file = new Blob([JSON.stringify(contents(), null, 2)], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `answers-of-try-${form.dataset.attempt}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });

  return {
    // Offered at once when it is plain that nothing goes through, else when an answer has waited for long.
    follow(isStuck) {
      clearTimeout(timer);
      if (!waiting().length) since = null;
      else since ??= performance.now();
      const left = since === null ? Infinity : isStuck ? 0 : since + OFFERED_AFTER_MS - performance.now();
      button.hidden = left > 0;
      if (left > 0 && left < Infinity) timer = setTimeout(() => (button.hidden = !waiting().length), left);
    },
  };
}
