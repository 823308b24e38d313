// Signing in again without leaving the page, when the session ended in the middle. Where that can't be done
// (somebody else signs in, or something is asked first) it says so, and a new tab does it.

export function signInHere(form, { takeToken, isBack, isOther }) {
  const panel = document.querySelector("[data-sign-in-here]");
  const fields = panel.querySelector("form");
  const link = document.querySelector("[data-to-sign-in]");
  const problem = panel.querySelector("[data-sign-in-problem]");

  let cameFrom = form.contains(document.activeElement) ? document.activeElement : null;

  async function pageOf(url, options = {}) {
    const answer = await fetch(url, { headers: { Accept: "text/html" }, cache: "no-store", ...options });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  async function signIn() {
    const url = `${fields.action}?${new URLSearchParams({ next: location.pathname })}`;
    const asked = await pageOf(url);
    // Signed in meanwhile in another tab: there is nothing to send.
    if (asked.body.dataset.viewer) return pageOf(location.pathname);
    const body = new URLSearchParams(new FormData(fields));
    body.set("csrf_token", asked.querySelector('[name="csrf_token"]').value);
    body.set("next", location.pathname);
    return pageOf(fields.action, { method: "POST", body });
  }

  async function send() {
    problem.textContent = "";
    let page;
    try {
      page = await signIn();
    } catch {
      problem.textContent = panel.dataset.offline;
      return;
    }
    const outcome = takeToken(page);
    fields.elements.namedItem("secret").value = "";
    if (outcome === "other") return isOther();
    if (outcome === "renewed") {
      show(false);
      cameFrom?.focus();
      return isBack();
    }
    const said = [...page.querySelectorAll("#problems li")].map((one) => one.textContent.trim());
    problem.textContent = said.join(" ") || panel.dataset.elsewhere;
    fields.elements.namedItem("secret").focus();
  }

  function show(isWanted) {
    // The panel comes by itself and takes no focus: somebody is typing.
    if (isWanted && panel.hidden) problem.textContent = "";
    panel.hidden = !isWanted;
    link.hidden = !isWanted;
  }

  fields.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    panel.scrollIntoView({ block: "center" });
    const name = fields.elements.namedItem("user_name");
    (name.value ? fields.elements.namedItem("secret") : name).focus();
  });
  form.addEventListener("focusin", (event) => {
    cameFrom = event.target;
  });

  return { show };
}
