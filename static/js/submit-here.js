// Summary and Submit without leaving the page, so that Submit carries every answer that stands on it.

export function submitHere(form, { flush, submit, hear, leave, tellPage }) {
  const place = document.querySelector("[data-summary-here]");
  const questions = [form, document.querySelector("main > .page-head"), document.querySelector("[data-navigator]")];

  function show(isSummary) {
    for (const part of questions) part.hidden = isSummary;
    place.hidden = !isSummary;
  }

  async function openSummary() {
    if (!(await flush())) return form.querySelector("[data-page-state]").scrollIntoView({ block: "center" });
    const page = await fetchSummary();
    if (!page) return tellPage("offline");
    place.replaceChildren(document.importNode(page, true));
    show(true);
    const title = place.querySelector("h1");
    title.tabIndex = -1;
    title.focus();
    scrollTo(0, 0);
  }

  async function fetchSummary() {
    try {
      const answer = await fetch(form.dataset.summaryUrl, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.redirected) location.assign(answer.url);
      return page.querySelector("[data-summary]");
    } catch {
      return null;
    }
  }

  function back(question) {
    show(false);
    document.getElementById(question || "question-1")?.scrollIntoView();
  }

  async function handIn() {
    tellPage("handing-in");
    const told = await submit();
    if (told.kind === "told" && told.receipt) return leave(told);
    back();
    if (await hear(told)) tellPage();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.value === "summary") openSummary();
    else flush();
  });

  place.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-back], a[href*='#question-']");
    if (!link) return;
    event.preventDefault();
    back(new URL(link.href).hash.slice(1));
  });
  place.addEventListener("submit", (event) => {
    event.preventDefault();
    handIn();
  });

  document.addEventListener("timer:ended", handIn);
}
