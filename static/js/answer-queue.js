// What the server has not acknowledged yet, in this tab only: the newest answer of each question.
// An answer keeps the lease under which it was typed, so that a page that was loaded again can't put
// what was typed before over what another window saved in the meantime.

export function answerQueue(attempt, owner) {
  const key = `answers:${attempt}`;
  const kept = load();

  function load() {
    try {
      const stored = JSON.parse(sessionStorage.getItem(key));
      if (stored?.owner === owner) return new Map(stored.answers.map((answer) => [answer.slot, answer]));
    } catch {
      // Unreadable, or no storage at all: then this page remembers for as long as it is open.
    }
    return new Map();
  }

  function store() {
    try {
      if (kept.size) sessionStorage.setItem(key, JSON.stringify({ owner, answers: [...kept.values()] }));
      else sessionStorage.removeItem(key);
    } catch {
      // As above.
    }
  }

  return {
    put(answer) {
      kept.set(answer.slot, answer);
      store();
    },
    // Forget an answer unless something newer was typed since it was sent.
    settle(slot, seq) {
      const answer = kept.get(slot);
      if (!answer || answer.seq > seq) return false;
      kept.delete(slot);
      store();
      return true;
    },
    forget(slot) {
      kept.delete(slot);
      store();
    },
    clear() {
      kept.clear();
      store();
    },
    get: (slot) => kept.get(slot),
    all: () => [...kept.values()],
    get size() {
      return kept.size;
    },
  };
}
