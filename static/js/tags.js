// Evidence tags (¶ P7): open the card of The page, retold, beside the text.
// Whatever goes wrong, the tag is still a link and the browser follows it.

const panel = document.querySelector("[data-side-panel]");
const body = panel?.querySelector("[data-panel-body]");
const title = panel?.querySelector("[data-panel-title]");
const whole = panel?.querySelector("[data-panel-whole]");
const back = panel?.querySelector("[data-panel-back]");

const pages = new Map(); // address without fragment → promise of its document
const trail = []; // addresses of the cards shown since the panel was opened
let opener = null;

async function loadPage(url) {
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  // A redirect means sign-in: the link must lead there, not the panel.
  if (!answer.ok || answer.redirected) throw new Error(`${url}: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function pageOf(url) {
  const address = url.href.split("#")[0];
  if (!pages.has(address)) {
    const page = address === location.href.split("#")[0] ? Promise.resolve(document) : loadPage(address);
    page.catch(() => pages.delete(address));
    pages.set(address, page);
  }
  return pages.get(address);
}

async function show(url) {
  const card = (await pageOf(url)).getElementById(decodeURIComponent(url.hash.slice(1)));
  if (!card) throw new Error(`no card at ${url}`);

  // A list item is none outside of its list, and an id must stay unique on this very page.
  const copy = document.createElement("article");
  copy.className = card.className;
  copy.append(...document.importNode(card, true).childNodes);
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
  body.replaceChildren(copy);
  whole.href = url.href;
  title.textContent = title.dataset.title;
  back.hidden = trail.length < 2;
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
  body.focus({ preventScroll: true });
}

async function open(link) {
  const url = new URL(link.href);
  if (!panel.open) {
    opener = link;
    trail.length = 0;
  }
  trail.push(url);
  try {
    await show(url);
  } catch {
    location.assign(url);
  }
}

function isPlainClick(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

if (panel?.showModal) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-card], a.tag");
    if (!link?.hash || !isPlainClick(event)) return;
    event.preventDefault();
    open(link);
  });

  back.addEventListener("click", () => {
    trail.pop();
    show(trail[trail.length - 1]);
  });

  panel.querySelector("[data-panel-close]").addEventListener("click", () => panel.close());
  // The backdrop belongs to the dialog: a click on it arrives here, outside of the dialog's box.
  panel.addEventListener("click", (event) => {
    const box = panel.getBoundingClientRect();
    if (event.target === panel && (event.clientX < box.left || event.clientX > box.right)) panel.close();
  });
  panel.addEventListener("close", () => {
    body.replaceChildren();
    opener?.focus();
  });
}
