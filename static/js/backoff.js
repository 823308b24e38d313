// How long to wait before trying again: 1, 2, 4, 8, then every 15 seconds.

const STEPS = [1, 2, 4, 8, 15];

export function backoff() {
  let tries = 0;
  return {
    // Thirty pages that lost the same connection must not come back at the same instant.
    next(atLeastSeconds = 0) {
      const step = STEPS[Math.min(tries++, STEPS.length - 1)];
      return Math.max(atLeastSeconds, step * (0.75 + Math.random() / 2)) * 1000;
    },
    reset() {
      tries = 0;
    },
  };
}
