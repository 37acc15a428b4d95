// The page where people answer: one key or tap each, the next question already there, nothing lost on a bad connection.

import { watch } from "./marks.js";

const TIMEOUT = 10_000; // milliseconds that a request may take
const SLOWEST = 20; // bytes a millisecond, for which a large drawing has more time
const KEPT_ALIVE = 32 * 1024; // bytes; browsers refuse to send more than twice as much for a page that is left
const AGAIN = [1_000, 2_000, 4_000, 8_000]; // between attempts to send what has not arrived
const LOOK = 10_000; // between looks for work, while there is none
const TWICE = 250; // a tap so soon after a question appeared was meant for the one before
const UNSENT = "The connection is lost. Your answer is kept, and sent again by itself.";
const HASTY = "That was very fast. Your answer is kept, and sent in a moment.";

const session = document.getElementById("session");
const now = document.getElementById("now");
const feedback = document.getElementById("feedback");
const said = document.getElementById("said");
const announcement = document.getElementById("announcement");
const undo = document.getElementById("undo");
const undoButton = undo.querySelector("button");

const unsent = []; // what was done here and is not known to have arrived, the oldest first
const forms = new Map(); // what is filled in, by task, until it is known to have been taken
let refusal = ""; // why something was not taken; it stays until somebody does something again
let tasks = []; // what is in hand, the one that is shown first
let shown = null;
let since = 0; // when it appeared
let answered = 0; // as the server last knew
let undoable = false;
let sending = false;
let timer = 0;

now.addEventListener("submit", submit);
now.addEventListener("click", tap);
undo.addEventListener("submit", takeBack);
document.addEventListener("keydown", press);
document.addEventListener("visibilitychange", () => document.hidden || tasks.length || perform("next"));
watch(now);
if (now.querySelector("form")) keep(now.querySelector("form"));
perform("next");

// What people do.

function submit(event) {
  event.preventDefault();
  const form = event.target;
  const act = event.submitter?.dataset.act ?? "answer";
  if (form.dataset.task !== shown || now.inert) return;
  const body = { task: shown };
  if (act === "report") body.reason = event.submitter.value;
  if (act === "answer") {
    body.answer = answer(form, event.submitter);
    if (body.answer.words?.length === 0) return say("Choose one word at least.");
  }
  perform(act, body);
}

function answer(form, button) {
  if (button?.name === "choice") return { choice: Number(button.value) };
  const input = form.querySelector("[data-input]");
  if (input.dataset.input === "text") return { text: input.querySelector("textarea, input").value };
  if (input.dataset.input === "words") {
    return { words: [...input.querySelectorAll(":checked")].map((word) => Number(word.value)) };
  }
  return JSON.parse(input.dataset.answer);
}

// A tap anywhere on an option chooses it, except where it plays media or selects text.
function tap(event) {
  const option = event.target.closest("[data-choice]");
  if (!option || event.target.closest("video, audio, summary") || String(getSelection())) return;
  const button = option.matches("button") ? option : option.querySelector("button[name=choice]");
  if (performance.now() - since < TWICE && event.detail) return event.preventDefault();
  if (event.target.closest("button") !== button) button.click();
}

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.target.closest("input, textarea, video, audio, select, [data-input=points], [data-input=lines]")) return;
  const button = buttonFor(event.key);
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
}

function buttonFor(key) {
  const choices = now.querySelectorAll("form:not([inert]) button[name=choice]");
  if (/^[1-9]$/.test(key)) return choices[Number(key) - 1];
  const sides = choices.length === 2 || now.querySelector(".unsure");
  if (sides && key === "ArrowLeft") return choices[0];
  if (sides && key === "ArrowRight") return choices[1];
  if (key === "s" || key === "S") return now.querySelector("[data-act=skip]");
  if (key === "u" || key === "U") return undoButton;
  return null;
}

function takeBack(event) {
  event.preventDefault();
  if (!undoButton.disabled) perform("undo");
}

// What is sent, one after the other, each until it has arrived.

function perform(act, body = {}) {
  if (act !== "next" || !unsent.length) unsent.push({ act, body });
  if (act !== "next" && refusal) say((refusal = ""));
  if (body.task) {
    tasks = tasks.filter((task) => task.id !== body.task);
    if (tasks.length) show(tasks[0]);
    else now.inert = true;
  }
  count();
  if (!sending) send();
}

async function send() {
  sending = true;
  for (let attempt = 0; unsent.length; ) {
    const { act, body } = unsent[0];
    const reply = await post(act, body);
    if (reply === null || reply.status === 429 || reply.status >= 500) {
      const lost = act === "next" ? "The connection is lost. This page tries again by itself." : UNSENT;
      say(reply?.status === 429 ? HASTY : lost);
      await pause(AGAIN[Math.min(attempt++, AGAIN.length - 1)]);
      continue;
    }
    if (reply.status === 401) return location.reload();
    attempt = 0;
    unsent.shift();
    if (reply.ok) receive(reply.turn, act, body.task);
    else refuse(reply.turn?.title ?? "That did not work.", act, body.task);
  }
  sending = false;
  count();
}

async function post(act, body) {
  const sent = new TextEncoder().encode(JSON.stringify(body));
  try {
    const reply = await fetch(`/label/${encodeURIComponent(session.dataset.link)}/${act}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: sent,
      keepalive: sent.length <= KEPT_ALIVE, // an answer that is on its way arrives also when the page is left
      signal: AbortSignal.timeout(TIMEOUT + sent.length / SLOWEST),
    });
    return { ok: reply.ok, status: reply.status, turn: await reply.json().catch(() => null) };
  } catch {
    return null;
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    addEventListener("online", resolve, { once: true });
  });
}

// What comes back.

// What is refused stands there again as it was. Whether there is other work is asked once: who is refused that too
// has come to a link that is gone.
function refuse(reason, act, task) {
  if (act === "next" && now.querySelector("[data-state=closed]")) return;
  say((refusal = reason));
  if (forms.has(task)) {
    tasks.unshift({ id: task });
    show(tasks[0]);
  }
  if (act !== "next") unsent.push({ act: "next", body: {} });
}

function receive(turn, act, done) {
  forms.delete(done);
  say(refusal);
  const pending = new Set(unsent.map(({ body }) => body.task));
  tasks = turn.tasks.filter((task) => !pending.has(task.id));
  const here = tasks.findIndex((task) => task.id === shown);
  if (act !== "undo" && here > 0) tasks.unshift(...tasks.splice(here, 1));
  answered = turn.answered;
  undoable = turn.undoable;
  document.getElementById("progress").value = turn.percent;
  if (tasks[1]) preload(tasks[1]);
  clearTimeout(timer);
  if (turn.feedback && (turn.right === false || turn.admitted)) explain(turn);
  else follow(turn, act === "undo");
  if (turn.feedback && turn.right) announce("Right.");
  if (act === "undo") announce("Your last answer was taken back.");
}

function follow(turn, jump) {
  if (tasks.length) {
    if (jump || shown !== tasks[0].id || now.inert) show(tasks[0]);
  } else if (!unsent.some(({ act }) => act !== "next")) {
    shown = null;
    now.inert = false;
    now.innerHTML = turn.message;
    announce(now.querySelector("h2").textContent);
    if (["halted", "waiting", "closed"].includes(turn.state)) timer = setTimeout(lookAgain, LOOK);
  }
}

function lookAgain() {
  if (!document.hidden) perform("next");
}

// Feedback to a candidate stays until they go on.
function explain(turn) {
  feedback.innerHTML = turn.feedback;
  const button = document.createElement("button");
  button.className = "main";
  button.textContent = "Continue";
  button.addEventListener("click", () => {
    feedback.replaceChildren();
    now.hidden = false;
    shown = null;
    follow(turn, true);
  });
  feedback.firstElementChild.append(button);
  now.hidden = true;
  scrollTo(0, 0);
  button.focus({ preventScroll: true });
}

function show(task) {
  const form = forms.get(task.id) ?? made(task.html);
  since = performance.now();
  now.inert = false;
  feedback.replaceChildren();
  now.replaceChildren(form);
  watch(now);
  keep(form);
  form.tabIndex = -1;
  form.focus({ preventScroll: true });
  scrollTo(0, 0);
  announce(form.querySelector(".instruction")?.textContent ?? "");
}

function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.querySelector("form");
}

function keep(form) {
  shown = form.dataset.task;
  forms.set(shown, form);
}

function preload(task) {
  for (const media of made(task.html).querySelectorAll("img")) new Image().src = media.src;
}

function count() {
  document.getElementById("answered").textContent = answered + unsent.filter(({ act }) => act === "answer").length;
  session.dataset.unsent = unsent.length;
  undoButton.disabled = !undoable || unsent.some(({ act }) => act !== "next");
}

function say(text) {
  said.hidden = !text;
  if (said.textContent !== text) said.textContent = text;
}

function announce(text) {
  announcement.textContent = text;
}
