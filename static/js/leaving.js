// Leaving the page of a try: what waits is sent one last time, and nobody leaves an answer behind unasked.

const LARGEST_KEEPALIVE = 60_000; // bytes; browsers refuse more than 64 kB

export function leaving(form, { groups, send, flush, isStuck, tellStaying }) {
  let wasTold = false;

  // A request that outlives the page. What is not acknowledged stays in the queue.
  function flushOnLeaving() {
    for (const group of groups()) {
      if (group[0].lease === null) continue;
      const size = new TextEncoder().encode(JSON.stringify(group)).length;
      send(group, { keepalive: size < LARGEST_KEEPALIVE });
    }
  }

  addEventListener("pagehide", flushOnLeaving);
  document.addEventListener("visibilitychange", () => (document.hidden ? flushOnLeaving() : flush()));
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  // Without a connection a reload shows nothing, and a closed tab forgets: ask first.
  addEventListener("beforeunload", (event) => isStuck() && event.preventDefault());

  // Signing out forgets what waits, so that is sent first. Pressed again, it signs out all the same.
  document.querySelector("[data-sign-out]")?.addEventListener(
    "submit",
    async (event) => {
      if (wasTold || !groups().length) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const signOut = event.target;
      if (await flush()) signOut.submit();
      else {
        wasTold = true;
        tellStaying();
      }
    },
    { capture: true },
  );
}
