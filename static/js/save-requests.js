// Talking to the server about a try. Every answer comes back as {kind, …}; nothing is thrown.

const VERSION = 1; // of the shape of a save: a server that doesn't know it keeps the answers and asks to load again

export function saveRequests(form) {
  const { leaseUrl, saveUrl, submitUrl, stateUrl, user } = form.dataset;
  const tokenField = form.elements.namedItem("csrf_token");
  let etag = "";

  async function ask(url, options) {
    let answer;
    try {
      answer = await fetch(url, { redirect: "manual", cache: "no-store", ...options });
    } catch {
      return { kind: "offline" };
    }
    if (answer.status === 304) return { kind: "same", server_time: answer.headers.get("Server-Time") };
    if (answer.status === 401) return { kind: "signed-out" };
    if (answer.status === 404) return { kind: "gone" };
    const said = await answer.json().catch(() => null);
    if (said?.state === "open" || said?.state === "closed") {
      return { kind: "told", status: answer.status, etag: answer.headers.get("ETag"), ...said };
    }
    if (answer.status === 400) return { kind: "token" };
    if (answer.status < 500 && said?.message) return { kind: "refused", ...said };
    return { kind: "busy", retryAfter: Number(answer.headers.get("Retry-After")) || 0 };
  }

  function post(url, body, { keepalive = false } = {}) {
    return ask(url, {
      method: "POST",
      keepalive,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": tokenField.value },
      body: JSON.stringify(body),
    });
  }

  // After signing in again the page's token is no longer the session's: "renewed", "signed-out", "other" person
  // or "offline".
  async function renewToken() {
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "text/html" }, cache: "no-store" });
      return takeToken(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      return "offline";
    }
  }

  function takeToken(page) {
    const viewer = page.body.dataset.viewer;
    if (viewer && viewer !== user) return "other";
    const fresh = page.querySelector('form[data-attempt] [name="csrf_token"]');
    if (fresh) tokenField.value = fresh.value;
    return fresh ? "renewed" : "signed-out";
  }

  return {
    renewToken,
    takeToken,
    lease: () => post(leaseUrl, {}),
    save: (lease, responses, options) => post(saveUrl, { v: VERSION, lease, responses }, options),
    submit: (lease, responses) => post(submitUrl, { v: VERSION, lease, responses }),
    async state() {
      const told = await ask(stateUrl, { headers: { Accept: "application/json", "If-None-Match": etag } });
      if (told.kind === "told") etag = told.etag ?? "";
      return told;
    },
  };
}
