// Marking by keys: 2, 1 and 0 choose the level of a criterion and go on to the next one that is open.
// The keys can be turned off: who speaks to the browser may say a number by chance.
const REMEMBERED = "grading-keys";

const form = document.querySelector("[data-rubric]");
const keys = form?.querySelector("[data-rubric-keys]");
const criteria = form ? [...form.querySelectorAll("[data-criterion]")] : [];

const isTyping = (target) => target.matches("textarea, input:not([type='radio']), select");
const isOpen = (criterion) => !criterion.querySelector("input:checked");

function criterionAtHand(target) {
  return target.closest("[data-criterion]") ?? criteria.find(isOpen);
}

function choose(criterion, level) {
  criterion.querySelector(`input[value="${level}"]`).checked = true;
  const later = criteria.slice(criteria.indexOf(criterion) + 1);
  const next = later.find(isOpen)?.querySelector("input") ?? form.querySelector("[type='submit']");
  next.focus();
}

if (form) {
  const onOff = keys.querySelector("input");
  keys.hidden = false;
  onOff.checked = localStorage.getItem(REMEMBERED) !== "off";
  onOff.addEventListener("change", () => localStorage.setItem(REMEMBERED, onOff.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (!onOff.checked || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    const criterion = ["0", "1", "2"].includes(event.key) && criterionAtHand(event.target);
    if (!criterion) return;
    event.preventDefault();
    choose(criterion, event.key);
  });
}
