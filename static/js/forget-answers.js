// Answers that were not sent yet belong to one person: another one who signs in here finds none, and signing out
// takes them away. On the page of a try, save.js sends them first.

const PREFIX = "answers:";
const viewer = document.body.dataset.viewer;

function forget(isWanted) {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(PREFIX) && isWanted(sessionStorage.getItem(key))) sessionStorage.removeItem(key);
    }
  } catch {
    // No storage, nothing to forget.
  }
}

function isOfSomebodyElse(stored) {
  try {
    return JSON.parse(stored).owner !== viewer;
  } catch {
    return true;
  }
}

if (viewer) forget(isOfSomebodyElse);
document.querySelector("[data-sign-out]")?.addEventListener("submit", () => forget(() => true));
