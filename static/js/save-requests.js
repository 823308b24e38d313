// Talking to the server about a try. Every answer comes back as {kind, …}; nothing is thrown.

export function saveRequests(form) {
  const { leaseUrl, saveUrl, submitUrl } = form.dataset;
  const tokenField = form.elements.namedItem("csrf_token");

  async function post(url, body, { keepalive = false } = {}) {
    let answer;
    try {
      answer = await fetch(url, {
        method: "POST",
        keepalive,
        redirect: "manual",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": tokenField.value },
        body: JSON.stringify(body),
      });
    } catch {
      return { kind: "offline" };
    }
    if (answer.status === 401) return { kind: "signed-out" };
    if (answer.status === 400) return { kind: "token" };
    if (answer.status === 404) return { kind: "gone" };
    const said = await answer.json().catch(() => null);
    if (said?.state === "open" || said?.state === "closed") return { kind: "told", status: answer.status, ...said };
    return { kind: "offline", retryAfter: Number(answer.headers.get("Retry-After")) || 0 };
  }

  // After signing in again in another tab the page's token is no longer the session's.
  async function renewToken() {
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector('form[data-attempt] [name="csrf_token"]');
      if (fresh) tokenField.value = fresh.value;
      return Boolean(fresh);
    } catch {
      return false;
    }
  }

  return {
    renewToken,
    lease: () => post(leaseUrl, {}),
    save: (lease, responses, options) => post(saveUrl, { v: 1, lease, responses }, options),
    submit: (lease, responses) => post(submitUrl, { v: 1, lease, responses }),
  };
}
