// Autosave of a try. "Saved" only by the server's word; what it has not acknowledged stays in the queue.
//
// A page takes a lease when it opens and numbers its answers. Older never replaces newer on the server,
// so sending again is always right. Only the page of an open try loads this.

import { fieldsOf, isBlank, setFields } from "./answer-fields.js";
import { answerQueue } from "./answer-queue.js";
import { saveRequests } from "./save-requests.js";
import { saveWords } from "./save-words.js";
import { submitHere } from "./submit-here.js";

const AFTER_CHOICE_MS = 500;
const AFTER_TYPING_MS = 1500;
const RETRY_SECONDS = [1, 2, 4, 8, 15];
const LARGEST_KEEPALIVE = 60_000;

const form = document.querySelector("form[data-attempt]");
const server = saveRequests(form);
const words = saveWords(form);
const queue = answerQueue(form.dataset.attempt, form.dataset.user);
const opened = new Date().toISOString();
const asking = new Set(); // slots that wait for the student's choice between two answers

let lease = null;
let seq = 0;
let timer = 0;
let retries = 0;
let sending = null;
let deadline = form.dataset.deadline;

const slotOf = (element) => Number(element.closest("section[data-question]")?.dataset.number) || 0;

function answerOf(slot) {
  const section = words.sections.get(slot);
  return {
    slot,
    lease,
    seq: ++seq,
    fields: fieldsOf(form, section.dataset.question),
    flagged: section.querySelector("[data-flag]").checked,
    shown_at: opened,
  };
}

function changed(slot, delay) {
  asking.delete(slot);
  words.endAsk(slot);
  queue.put(answerOf(slot));
  words.waiting(slot);
  tellPage();
  schedule(delay);
}

function tellPage(state) {
  if (state) words.page(state, queue.size);
  else if (queue.size) words.page("waiting", queue.size);
  else words.page("saved", 0);
}

function schedule(delay) {
  clearTimeout(timer);
  timer = setTimeout(flush, delay);
}

function retry(state, seconds = 0) {
  tellPage(state);
  const step = RETRY_SECONDS[Math.min(retries++, RETRY_SECONDS.length - 1)];
  // Thirty pages that lost the same connection must not come back at the same instant.
  schedule(Math.max(seconds, step * (0.75 + Math.random() / 2)) * 1000);
}

// Sends everything that waits; true when nothing is left.
function flush() {
  clearTimeout(timer);
  sending ??= sendAll().finally(() => {
    sending = null;
  });
  return sending;
}

async function sendAll() {
  if (lease === null && !(await takeLease())) return false;
  for (let group = nextGroup(); group.length; group = nextGroup()) {
    const told = await server.save(group[0].lease, group.map(asSent));
    if (!(await hear(told))) return false;
    if (!told.needs_lease && group.every(isUnsettled)) {
      retry("offline");
      return false;
    }
  }
  retries = 0;
  tellPage();
  return queue.size === 0;
}

const isUnsettled = (sent) => !asking.has(sent.slot) && queue.get(sent.slot)?.seq === sent.seq;

// Answers of one lease at a time; those that wait for a choice stay.
function nextGroup() {
  const ready = queue.all().filter((answer) => !asking.has(answer.slot));
  const first = ready[0]?.lease ?? lease;
  return ready.filter((answer) => (answer.lease ?? lease) === first).map((answer) => ({ ...answer, lease: first }));
}

function asSent({ slot, seq: number, fields, flagged, shown_at }) {
  return { slot, seq: number, fields, flagged, shown_at };
}

// What every answer of the server has in common; true when it may go on.
async function hear(told) {
  if (told.kind === "told" && told.state === "open") {
    followDeadline(told);
    if (told.needs_lease) return renewLease();
    for (const one of told.responses ?? []) settle(one);
    return true;
  }
  if (told.kind === "told") leave(told);
  else if (told.kind === "gone") giveUp();
  else if (told.kind === "offline") retry("offline", told.retryAfter);
  else if (told.kind === "token" && (await server.renewToken())) {
    retries = 0; // Signed in again: no reason to wait long.
    retry("waiting");
  } else retry("signed-out");
  return false;
}

function settle(one) {
  if (one.outcome === "stale") {
    if (queue.get(one.slot)?.seq !== one.seq) return; // Something newer is on its way.
    asking.add(one.slot);
    words.ask(one, { keepMine: () => keepMine(one.slot), keepOther: () => keepOther(one.slot) });
    return;
  }
  const answer = queue.get(one.slot);
  if (!queue.settle(one.slot, one.seq)) return;
  if (one.is_kept) words.saved(one.slot, one.said, isBlank(answer?.fields ?? {}));
  else words.refused(one.slot, one.said);
}

async function keepMine(slot) {
  words.endAsk(slot);
  // Until there is a new lease the answer is still the older one: a save that runs meanwhile must leave it.
  const hasLease = await takeLease();
  asking.delete(slot);
  if (!hasLease) return;
  queue.put({ ...queue.get(slot), lease, seq: ++seq });
  words.waiting(slot);
  schedule(0);
}

async function keepOther(slot) {
  asking.delete(slot);
  queue.forget(slot);
  await flush();
  location.reload();
}

async function takeLease() {
  const told = await server.lease();
  if (!(await hear(told))) return false;
  lease = told.lease;
  return true;
}

// The server knows no such lease, as after a restored backup: what waits is sent under a new one.
async function renewLease() {
  if (!(await takeLease())) return false;
  for (const answer of queue.all()) queue.put({ ...answer, lease });
  return true;
}

function followDeadline(told) {
  if ((told.deadline ?? "") === deadline) return;
  deadline = told.deadline ?? "";
  if (told.seconds_left === null) location.reload();
  else document.dispatchEvent(new CustomEvent("timer:set", { detail: { secondsLeft: told.seconds_left } }));
}

// Not this person's try: somebody else has signed in here in the meantime.
function giveUp() {
  queue.clear();
  location.assign("/");
}

function leave(told) {
  queue.clear();
  location.assign(told.receipt_url);
}

// Leaving the page: one last try that outlives it. What is not acknowledged stays in the queue.
function flushOnLeaving() {
  const group = nextGroup();
  if (!group.length || group[0].lease === null) return;
  const isSmall = JSON.stringify(group).length < LARGEST_KEEPALIVE;
  server.save(group[0].lease, group.map(asSent), { keepalive: isSmall });
}

function clear(section) {
  setFields(section, section.dataset.question, {});
  changed(slotOf(section), AFTER_CHOICE_MS);
}

form.addEventListener("input", (event) => {
  const slot = slotOf(event.target);
  if (slot && event.isTrusted && event.target.matches("textarea, [type=text]")) changed(slot, AFTER_TYPING_MS);
});
form.addEventListener("change", (event) => {
  const slot = slotOf(event.target);
  if (slot && event.target.name && !event.target.matches("textarea, [type=text]")) changed(slot, AFTER_CHOICE_MS);
  else if (slot && queue.get(slot)) schedule(0);
});
form.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-clear]");
  if (!pressed) return;
  event.preventDefault();
  clear(pressed.closest("section[data-question]"));
});

addEventListener("pagehide", flushOnLeaving);
document.addEventListener("visibilitychange", () => (document.hidden ? flushOnLeaving() : queue.size && flush()));
addEventListener("online", flush);
addEventListener("pageshow", (event) => event.persisted && location.reload());

document.querySelector("[data-sign-out]")?.addEventListener("submit", async (event) => {
  if (!queue.size) return;
  event.preventDefault();
  await flush();
  event.target.submit();
});

async function submitAll() {
  if (lease === null && !(await takeLease())) return { kind: "offline" };
  for (const slot of words.sections.keys()) if (!asking.has(slot)) queue.put({ ...answerOf(slot), lease });
  return server.submit(lease, queue.all().map(asSent));
}

submitHere(form, {
  flush,
  submit: submitAll,
  hear,
  leave,
  tellPage,
});

// What this tab could not send before it was loaded again is put back into its controls, under the lease of then.
for (const answer of queue.all()) {
  seq = Math.max(seq, answer.seq);
  const section = words.sections.get(answer.slot);
  if (!section) queue.forget(answer.slot);
  else {
    setFields(section, section.dataset.question, answer.fields);
    section.querySelector("[data-flag]").checked = answer.flagged;
    // A lease that was never given is the oldest: whatever was saved since is asked about.
    queue.put({ ...answer, lease: answer.lease ?? 0 });
    words.waiting(answer.slot);
  }
}
flush();
