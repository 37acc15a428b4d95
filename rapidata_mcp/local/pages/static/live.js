// Renews what moves on a page: asks for its values as JSON while the page is looked at and something still moves.

const OFTEN = 2_000; // milliseconds, while something moves
const SELDOM = 10_000; // while everything rests, and after a failure

const notice = document.getElementById("notice");
const ids = new Set(
  [...document.querySelectorAll("[data-live-moving]")].map((element) => element.dataset.liveMoving.split(".")[0]),
);
let timer = 0;

if (ids.size) {
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : renew()));
  plan(OFTEN);
}

function plan(pause) {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(renew, pause);
}

async function renew() {
  try {
    const answer = await fetch(`/live?${[...ids].map((id) => `id=${encodeURIComponent(id)}`).join("&")}`, {
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) throw new Error(`The platform answered ${answer.status}.`);
    const live = await answer.json();
    show(live);
    say("");
    plan([...ids].some((id) => live[`${id}.moving`]) ? OFTEN : SELDOM);
  } catch {
    say("The platform does not answer: the numbers stand still until it does.");
    plan(SELDOM);
  }
}

function show(live) {
  for (const element of document.querySelectorAll("[data-live]")) {
    const value = live[element.dataset.live];
    if (value !== undefined && element.textContent !== value) element.textContent = value;
  }
  for (const attribute of ["value", "x", "width"]) {
    const key = `live${attribute[0].toUpperCase()}${attribute.slice(1)}`;
    for (const element of document.querySelectorAll(`[data-live-${attribute}]`)) {
      const value = live[element.dataset[key]];
      if (value !== undefined) element.setAttribute(attribute, value);
    }
  }
  for (const element of document.querySelectorAll("[data-live-nobody]")) {
    element.toggleAttribute("data-nobody", live[element.dataset.liveNobody] === "0");
  }
  for (const element of document.querySelectorAll("[data-live-version]")) {
    const version = live[element.dataset.liveVersion];
    if (version !== undefined) element.hidden = version === element.dataset.version;
  }
}

function say(text) {
  notice.hidden = !text;
  if (notice.textContent !== text) notice.textContent = text;
}
