// Autosave of a try. "Saved" only by the server's word; what it has not acknowledged stays in the queue.
//
// A page takes a lease when it opens and numbers its answers. Older never replaces newer on the server,
// so sending again is always right. Only the page of an open try loads this.

import { answerFile } from "./answer-file.js";
import { fieldsOf, isBlank, setFields } from "./answer-fields.js";
import { answerQueue } from "./answer-queue.js";
import { followState } from "./attempt-state.js";
import { backoff } from "./backoff.js";
import { leaving } from "./leaving.js";
import { pageWords } from "./page-words.js";
import { saveRequests } from "./save-requests.js";
import { saveWords } from "./save-words.js";
import { hearClock, isPastGrace } from "./server-clock.js";
import { submitHere } from "./submit-here.js";

const AFTER_CHOICE_MS = 500;
const AFTER_TYPING_MS = 1500;
const TROUBLE = ["offline", "busy", "signed-out", "too-late", "closed", "refused"];

const form = document.querySelector("form[data-attempt]");
const server = saveRequests(form);
const words = saveWords(form);
const page = pageWords(form);
const queue = answerQueue(form.dataset.attempt, form.dataset.user);
const file = answerFile(form, page.bar, queue.all);
const wait = backoff();
let panel = null;
const asking = new Set(); // slots that wait for the student's choice between two answers

let lease = null;
let seq = 0;
let timer = 0;
let sending = null;
let trouble = ""; // why nothing goes through at this moment
let refusal = "";

const slotOf = (element) => Number(element.closest("section[data-question]")?.dataset.number) || 0;

function answerOf(slot) {
  const section = words.sections.get(slot);
  return {
    slot,
    lease,
    seq: ++seq,
    fields: fieldsOf(form, section.dataset.question),
    flagged: section.querySelector("[data-flag]").checked,
    shown_at: form.dataset.opened,
  };
}

function changed(slot, delay) {
  asking.delete(slot);
  words.endAsk(slot);
  queue.put(answerOf(slot));
  words.waiting(slot);
  tellPage(trouble);
  if (trouble !== "closed") schedule(delay);
}

function tellPage(state = "", message = refusal) {
  if (TROUBLE.includes(state) || state === "") trouble = state;
  refusal = message;
  page.page(state || (queue.size ? "waiting" : "saved"), queue.size, message);
  showSignIn(state === "signed-out");
  file.follow(TROUBLE.includes(state));
}

function schedule(delay) {
  clearTimeout(timer);
  timer = setTimeout(flush, delay);
}

// Until the deadline and the server's grace; afterwards nothing that is sent would count.
function retry(state, seconds) {
  if (isPastGrace() && queue.size) return tellPage("too-late");
  tellPage(state);
  schedule(wait.next(seconds));
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
  const isAsking = lease === null;
  if (isAsking && !(await takeLease())) return false;
  // Where nothing is asked nothing is learned: a lost connection is still lost.
  if (!isAsking && !groups().length) return queue.size === 0;
  for (let group = groups()[0]; group; group = groups()[0]) {
    const told = await save(group);
    if (!(await hear(told))) return false;
    if (!told.needs_lease && group.every(isUnsettled)) {
      retry("busy");
      return false;
    }
  }
  isReachable();
  return queue.size === 0;
}

const isUnsettled = (sent) => !asking.has(sent.slot) && queue.get(sent.slot)?.seq === sent.seq;

function isReachable() {
  wait.reset();
  if (["signed-out", "closed", "refused"].includes(trouble)) return;
  tellPage();
  if (queue.size && !sending) schedule(AFTER_CHOICE_MS);
}

// What waits, by the lease under which it was typed; what waits for a choice stays.
function groups() {
  const ready = queue.all().filter((answer) => !asking.has(answer.slot));
  const leases = new Set(ready.map((answer) => answer.lease ?? lease));
  const of = (one) => ready.filter((answer) => (answer.lease ?? lease) === one);
  return [...leases].map((one) => of(one).map((answer) => ({ ...answer, lease: one })));
}

function save(group, options) {
  return server.save(group[0].lease, group.map(asSent), options);
}

function asSent({ slot, seq: number, fields, flagged, shown_at }) {
  return { slot, seq: number, fields, flagged, shown_at };
}

// What every answer of the server has in common; true when it may go on.
async function hear(told) {
  if (told.kind === "told" && told.state === "open") {
    hearClock(told);
    if (trouble !== "refused" || told.responses) trouble = "";
    if (told.needs_lease) return renewLease();
    for (const one of told.responses ?? []) settle(one);
    return true;
  }
  if (told.kind === "told") await leave(told);
  else if (told.kind === "gone") giveUp();
  else if (told.kind === "offline" || told.kind === "busy") retry(told.kind, told.retryAfter);
  else if (told.kind === "refused") tellPage("refused", told.message);
  else await signedOut(told);
  return false;
}

// Most tries never need it, and who is told to sign in again has a server to load it from.
function showSignIn(isWanted) {
  if (isWanted) panel ??= import("./sign-in-here.js").then(makePanel);
  panel?.then((made) => made.show(isWanted)).catch(() => (panel = null)); // The next attempt loads it again.
}

const makePanel = ({ signInHere }) =>
  signInHere(form, { takeToken: server.takeToken, isBack: begin, isOther: giveUp });

async function signedOut(told) {
  const outcome = told.kind === "token" ? await server.renewToken() : "signed-out";
  if (outcome === "other") giveUp();
  else if (outcome === "renewed") {
    wait.reset(); // Signed in again: no reason to wait long.
    retry("");
  } else retry(outcome);
}

function settle(one) {
  if (one.outcome === "stale") {
    if (queue.get(one.slot)?.seq !== one.seq) return; // Something newer is on its way.
    asking.add(one.slot);
    words.ask(one, { keepMine: () => keepMine(one.slot), keepOther: () => keepOther(one.slot) });
    return;
  }
  const answer = queue.get(one.slot);
  if (one.outcome === "stored") page.hasSaved(one.said);
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

// Not this person's try: somebody else has signed in here in the meantime.
function giveUp() {
  queue.clear();
  trouble = "";
  location.assign("/");
}

// The try is closed. What the server does not have stays on the page, as a file too, before anybody goes on.
async function leave(told) {
  clearTimeout(timer);
  if (!told.receipt && trouble !== "closed") {
    for (const group of groups()) {
      const last = await save(group); // Too late to count, but the history of the try keeps it.
      for (const one of last.responses ?? []) if (one.is_kept) queue.settle(one.slot, one.seq);
    }
  }
  if (told.receipt || !queue.size) {
    queue.clear();
    trouble = "";
    location.assign(told.receipt_url);
  } else tellPage("closed");
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
  const section = pressed.closest("section[data-question]");
  setFields(section, section.dataset.question, {});
  changed(slotOf(section), AFTER_CHOICE_MS);
});

addEventListener("online", flush);
addEventListener("offline", () => tellPage("offline"));

leaving(form, {
  groups,
  send: save,
  flush: () => queue.size && flush(),
  isStuck: () => queue.size > 0 && trouble !== "",
  tellStaying: () => page.tell(form.dataset.signOutWaits, { isUrgent: true }),
});

// Everything that stands on the page; null where something else comes first, and the page says what.
async function submitAll() {
  const isDelivered = await flush();
  if (trouble === "offline" || trouble === "busy") return { kind: trouble };
  if (!isDelivered && !asking.size) return null;
  const slots = [...words.sections.keys()].filter((slot) => !asking.has(slot));
  const answers = slots.map((slot) => ({ ...answerOf(slot), lease }));
  const told = await server.submit(lease, answers.map(asSent));
  // What stands in the way is not sent yet as far as this page can know.
  if (told.kind === "told" && !told.receipt) answers.forEach(queue.put);
  return told;
}

submitHere(form, { flush, submit: submitAll, hear, leave, tellPage, askClock: takeLease });
followState(form, { state: server.state, hear, isReachable, words: page });

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

function begin() {
  tellPage();
  flush();
}
begin();
