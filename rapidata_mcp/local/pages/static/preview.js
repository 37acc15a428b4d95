// Checks the media of a preview as the browser loads them, and warns of what would hinder labelers.

const TINY = 200; // pixels along the longer side
const HUGE = 4096; // pixels along either side
const SAID = {
  broken: "cannot be loaded",
  tiny: `smaller than ${TINY} pixels: details are lost on labelers`,
  huge: `larger than ${HUGE} pixels: slow to load on a phone`,
};
const NOUNS = { img: "image", video: "video", audio: "audio" };

const panel = document.getElementById("hints");
const found = new Map(); // kind of trouble -> ids of the questions that have it

for (const media of document.querySelectorAll(".question .media")) {
  watch(media);
}

function watch(media) {
  const look = () => judge(media, media.naturalWidth ?? media.videoWidth, media.naturalHeight ?? media.videoHeight);
  if (media.localName === "img") {
    if (media.complete) look();
    else media.addEventListener("load", look);
  } else if (media.readyState > 0) {
    look();
  } else {
    media.addEventListener("loadedmetadata", look);
  }
  media.addEventListener("error", () => warn(media, "broken"));
  if (media.error) warn(media, "broken");
}

function judge(media, width, height) {
  if (media.localName === "audio") return;
  if (!width || !height) warn(media, "broken");
  else if (Math.max(width, height) < TINY) warn(media, "tiny", `${width} × ${height}`);
  else if (Math.max(width, height) > HUGE) warn(media, "huge", `${width} × ${height}`);
}

function warn(media, kind, size = "") {
  if (media.dataset.trouble) return;
  media.dataset.trouble = kind;
  const note = document.createElement("p");
  note.className = "hint";
  note.textContent = `This ${NOUNS[media.localName]} ${kind === "broken" ? "" : "is "}${SAID[kind]}${size && ` (${size})`}.`;
  media.after(note);
  const questions = found.get(kind) ?? new Set();
  found.set(kind, questions.add(media.closest(".question").id));
  summarise(kind, questions);
}

function summarise(kind, questions) {
  panel.hidden = false;
  let line = panel.querySelector(`[data-trouble="${kind}"]`);
  if (!line) {
    line = document.createElement("li");
    line.dataset.trouble = kind;
    panel.querySelector("ul").append(line);
  }
  line.textContent = `Media ${kind === "broken" ? "that cannot be loaded" : SAID[kind]}, in `;
  for (const [index, id] of [...questions].entries()) {
    const link = document.createElement("a");
    link.href = `#${id}`;
    link.textContent = document.getElementById(id).dataset.place;
    line.append(index ? ", " : "", link);
  }
}
