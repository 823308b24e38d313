// The contact sheet: the reel is looked at frame by frame, and opens the sheet; the two chosen frames are put in.
// Nothing moves by itself. Without script everything stands on the page, and a button brings it back with them in.

const MOST = 2;
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const shows = (element, isShown) => element.classList.toggle("is-away", !isShown);

// What somebody hears who does not see the frame: the words of its picture, then its sound.
function inWords(frame) {
  const picture = frame.querySelector("img")?.alt ?? frame.querySelector(".frame__picture").textContent;
  return [picture, ...frame.querySelectorAll("figcaption, figure ~ .frame__note")]
    .map((part) => (part.textContent ?? part).replace(/\s+/g, " ").trim())
    .join(" ");
}

// Returns what puts other frames into the reel.
function play(reel, words) {
  const list = reel.querySelector("[data-frames]");
  const [back, next] = [reel.querySelector("[data-back]"), reel.querySelector("[data-next]")];
  let place = 0;

  function draw() {
    const frames = [...list.children];
    for (const [at, frame] of frames.entries()) shows(frame, at === place);
    // The buttons at the ends stay where the focus is: they only go no further.
    back.setAttribute("aria-disabled", String(place === 0));
    next.setAttribute("aria-disabled", String(place >= frames.length - 1));
    reel.querySelector("[data-place]").textContent = fill(words.of, { number: place + 1, count: frames.length });
  }

  function step(by) {
    const to = place + by;
    if (to < 0 || to >= list.children.length) return;
    place = to;
    draw();
    const said = `${reel.querySelector("[data-place]").textContent}. ${inWords(list.children[place])}`;
    reel.querySelector("[data-told]").textContent = said;
  }

  back.addEventListener("click", () => step(-1));
  next.addEventListener("click", () => step(1));
  reel.querySelector("[data-controls]").hidden = false;
  draw();
  return (frames) => {
    list.replaceChildren(...frames);
    place = 0;
    draw();
  };
}

function enhance(root) {
  const words = root.dataset;
  const said = root.querySelector("[data-said]");
  const [before, after] = [...root.querySelectorAll("[data-asked]")];
  const [sheet, again] = [root.querySelector("[data-stage=sheet]"), root.querySelector("[data-stage=again]")];
  const boxes = [...root.querySelectorAll("input[type=checkbox]")];
  const [first, second] = [...root.querySelectorAll("[data-reel]")];
  const isOpen = boxes.some((box) => !box.disabled);
  const isAway = (stage) => stage.classList.contains("is-away");
  const chosen = () => boxes.filter((box) => box.checked);
  const answer = (asked) => asked.querySelector("input:checked");
  play(first, words);
  const putIn = play(second, words);
  let inReel = "";

  function frameOf(item) {
    const copy = document.createElement("li");
    copy.append(item.querySelector("figure").cloneNode(true));
    if (item.querySelector("input:checked")) {
      const note = document.createElement("p");
      note.className = "frame__note";
      note.textContent = words.yours;
      copy.append(note);
      copy.className = "is-put-in";
    }
    return copy;
  }

  function draw() {
    for (const box of boxes) shows(box.closest("[data-frame]").querySelector("[data-belief]"), box.checked || !isOpen);
    shows(sheet, !isOpen || answer(before) || chosen().length > 0);
    shows(again, !isOpen || answer(after) || chosen().length >= MOST);
    const wanted = chosen().map((box) => box.value).join(" ");
    if (wanted !== inReel) {
      const items = [...root.querySelectorAll("[data-frame]")];
      putIn(items.filter((item) => item.matches(".is-in") || item.querySelector("input:checked")).map(frameOf));
      inReel = wanted;
    }
    second.hidden = !wanted;
    root.querySelector("[data-none]").hidden = Boolean(wanted);
    const old = answer(before);
    root.querySelector("[data-old]").hidden = !old;
    root.querySelector("[data-old-answer]").textContent = old?.closest("label").textContent.trim() ?? "";
  }

  function changed({ target }) {
    const wasAway = { sheet: isAway(sheet), again: isAway(again) };
    const isTooMany = target.type === "checkbox" && target.checked && chosen().length > MOST;
    if (isTooMany) target.checked = false;
    draw();
    if (isTooMany) said.textContent = words.full;
    else if (wasAway.again && !isAway(again)) said.textContent = words.whole;
    else if (wasAway.sheet && !isAway(sheet)) said.textContent = words.opened;
    else if (target.type === "checkbox") said.textContent = fill(words.putIn, { count: chosen().length });
  }

  root.querySelector("[data-draw]")?.closest("p").remove();
  root.addEventListener("change", changed);
  root.closest("form")?.addEventListener("reset", () => setTimeout(draw));
  // A browser that restores a form after going back sends no event.
  window.addEventListener("pageshow", draw);
  draw();
}

for (const root of document.querySelectorAll("[data-contact-sheet]")) enhance(root);
