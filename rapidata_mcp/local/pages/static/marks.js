// Marks in a picture: points that are set, lines that are drawn, by finger, mouse or keyboard.
// What is marked stands in `data-answer` of the canvas, as the JSON that is posted; coordinates are percent of its sides.

const STEP = 2; // percent that an arrow key moves; with Shift five times as much
const NEAR = 0.7; // percent within which a line's next point is left out
const MOST_POINTS = 5_000; // of all lines together
const WIDTH = 4; // percent of the picture's width, as the platform counts it
const SVG = "http://www.w3.org/2000/svg";
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function watch(root) {
  for (const canvas of root.querySelectorAll("[data-input=points], [data-input=lines]")) {
    if (!canvas.dataset.answer) new Marks(canvas);
  }
}

class Marks {
  constructor(canvas) {
    this.canvas = canvas;
    this.form = canvas.closest("form");
    this.draws = canvas.dataset.input === "lines";
    this.marks = []; // points, or lines of points
    this.pen = null; // the line that is being drawn
    this.at = { x: 50, y: 50 };
    this.layer = document.createElementNS(SVG, "svg");
    this.layer.setAttribute("viewBox", "0 0 100 100");
    this.layer.setAttribute("preserveAspectRatio", "none");
    this.layer.setAttribute("aria-hidden", "true");
    this.cursor = document.createElement("span");
    this.cursor.className = "cursor";
    this.cursor.hidden = true;
    canvas.append(this.layer, this.cursor);
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", canvas.dataset.said);
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointermove", (event) => this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => this.lift());
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("blur", () => { this.lift(); this.cursor.hidden = true; });
    canvas.addEventListener("dragstart", (event) => event.preventDefault());
    this.form?.querySelector("[data-unmark]")?.addEventListener("click", () => this.unmark());
    new ResizeObserver(() => this.show()).observe(canvas);
    this.show();
  }

  press(event) {
    if (event.button !== 0 || this.canvas.closest("fieldset:disabled")) return;
    this.cursor.hidden = true;
    this.at = this.place(event);
    if (this.draws) {
      this.canvas.setPointerCapture(event.pointerId);
      this.begin();
    } else {
      this.set();
    }
  }

  drag(event) {
    if (!this.pen || !this.canvas.hasPointerCapture(event.pointerId)) return;
    this.at = this.place(event);
    this.extend();
  }

  key(event) {
    if (ARROWS[event.key]) {
      const [dx, dy] = ARROWS[event.key];
      const step = event.shiftKey ? 5 * STEP : STEP;
      this.at = { x: within(this.at.x + dx * step), y: within(this.at.y + dy * step) };
      this.cursor.hidden = false;
      if (this.pen) this.extend();
    } else if (event.key === "Enter" || event.key === " ") {
      this.cursor.hidden = false;
      if (!this.draws) this.set();
      else if (this.pen) this.lift();
      else this.begin();
    } else if (event.key === "Backspace" || event.key === "Delete") {
      this.unmark();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    this.show();
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return {
      x: within((100 * (event.clientX - box.left)) / box.width),
      y: within((100 * (event.clientY - box.top)) / box.height),
    };
  }

  set() {
    if (!this.full()) this.marks.push(this.at);
    this.show();
  }

  begin() {
    if (this.full()) return;
    this.pen = { points: [this.at] };
    this.marks.push(this.pen);
    this.show();
  }

  extend() {
    const points = this.pen.points;
    const last = points[points.length - 1];
    const apart = Math.hypot(this.at.x - last.x, this.at.y - last.y) >= NEAR;
    if (apart && this.count() < MOST_POINTS) points.push(this.at);
    this.show();
  }

  count() {
    return this.draws ? this.marks.reduce((sum, line) => sum + line.points.length, 0) : this.marks.length;
  }

  full() {
    return this.marks.length >= Number(this.canvas.dataset.most) || (this.draws && this.count() >= MOST_POINTS);
  }

  lift() {
    this.pen = null;
  }

  unmark() {
    this.lift();
    this.marks.pop();
    this.show();
  }

  show() {
    const { fewest, most } = this.canvas.dataset;
    const wide = this.canvas.clientWidth / 100;
    this.layer.replaceChildren(...(this.draws ? this.marks.map((line) => stroke(line, WIDTH * wide)) : []));
    for (const dot of this.canvas.querySelectorAll(".dot")) dot.remove();
    if (!this.draws) this.canvas.append(...this.marks.map(dot));
    put(this.cursor, this.at);
    this.canvas.dataset.answer = JSON.stringify(this.draws ? { lines: this.marks } : { points: this.marks });
    const count = this.marks.length;
    const noun = this.draws ? "line" : "point";
    const status = this.form?.querySelector("[data-marked]");
    const limit = this.draws ? (this.full() ? ", and no more fit" : "") : ` of at most ${most}`;
    if (status) status.textContent = count ? `${count} ${noun}${count === 1 ? "" : "s"}${limit}` : this.canvas.dataset.said;
    const back = this.form?.querySelector("[data-unmark]");
    if (back) back.disabled = !count;
    const send = this.form?.querySelector("[data-send]");
    if (send) send.disabled = count < Number(fewest);
  }
}

function within(percent) {
  return Math.round(100 * Math.min(100, Math.max(0, percent))) / 100;
}

function put(element, point) {
  element.style.left = `${point.x}%`;
  element.style.top = `${point.y}%`;
}

function dot(point) {
  const mark = document.createElement("span");
  mark.className = "dot";
  put(mark, point);
  return mark;
}

function stroke(line, width) {
  const drawn = document.createElementNS(SVG, "polyline");
  const points = line.points.length === 1 ? [line.points[0], line.points[0]] : line.points;
  drawn.setAttribute("points", points.map((point) => `${point.x},${point.y}`).join(" "));
  drawn.setAttribute("vector-effect", "non-scaling-stroke");
  drawn.setAttribute("stroke-width", Math.max(2, width));
  return drawn;
}
