// Shows a form one step at a time, and at the end, where the form has it, all answers to check.

import { Review } from "./review.js";
import { clearSummary, showSummary } from "./summary.js";
import { check, isUnfinished } from "./validation.js";

const button = (label, look, onClick) => {
  const element = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  element.className = `button button--${look}`;
  element.addEventListener("click", onClick);
  return element;
};

const idOf = (screen) => screen.dataset.step ?? "review";

export class Steps {
  constructor(form, { trail, storage, counting, send }) {
    Object.assign(this, { form, trail, storage, counting, send });
    this.steps = [...form.querySelectorAll(".form__step")];
    this.progress = form.querySelector(".form__progress");
    this.opening = form.querySelector(".form__opening");
    this.submit = form.querySelector("[type=submit]");
    this.review = "review" in form.dataset ? new Review(form, (control) => this.changeFromReview(control)) : null;
    this.screens = this.review ? [...this.steps, this.review.element] : this.steps;
    [this.current] = this.screens;
    this.isReturning = false;
    this.dress();
    form.addEventListener("submit", (event) => this.onSubmit(event));
    form.addEventListener("rules", () => this.update());
    trail.onMove((entry) => this.follow(entry));
  }

  /** Puts in what only a form in steps has. */
  dress() {
    const { next, back } = this.form.dataset;
    this.next = button(next, "primary", () => this.advance());
    this.back = button(back, "quiet", () => this.goBack());
    this.submit.before(this.back, this.next);
    // Without scripts the button leads to the server's page for checking the answers.
    for (const name of ["name", "value"]) this.submit.removeAttribute(name);
    this.submit.textContent = this.submit.dataset.send;
    if (this.review) this.form.querySelector(".form__actions").before(this.review.element);
    for (const screen of this.screens) screen.querySelector(".form__step-title").tabIndex = -1;
    this.progress.hidden = this.screens.length === 1;
  }

  /** Shows where the patient was before a reload, what is wrong in a form that came back, or the first step. */
  begin({ isRestored }) {
    const wrong = this.shown.find((screen) => screen.querySelector(".field--error"));
    const known = isRestored && (this.trail.here ?? { step: this.storage.details.step });
    this.show(wrong ?? this.find(known?.step), Boolean(known?.isReturning && !wrong));
    this.trail.note({ before: null, ...this.trail.here, step: idOf(this.current), isReturning: this.isReturning });
  }

  /** The screens that the answers so far lead through: rules.js marks the others. */
  get shown() {
    return this.screens.filter((screen) => !("leftOut" in screen.dataset));
  }

  /** Returns the screen before (-1) or after (1) the current one. */
  beside(direction) {
    return this.shown[this.shown.indexOf(this.current) + direction];
  }

  /** Returns a screen by its id; where it is left out now, the one before it. */
  find(id) {
    const index = this.screens.findIndex((screen) => idOf(screen) === id);
    return this.shown.filter((screen) => this.screens.indexOf(screen) <= index).pop() ?? this.shown[0];
  }

  show(screen, isReturning = false) {
    if (screen === this.review?.element) this.review.fill(this.shown.slice(0, -1));
    this.current = screen;
    this.isReturning = isReturning;
    this.form.querySelector(".form__message")?.remove();
    for (const each of this.screens) each.hidden = each !== screen;
    if (screen !== this.screens[0]) this.counting.count(screen);
    this.update();
  }

  focusHeading() {
    this.current.querySelector(".form__step-title").focus({ preventScroll: true });
    (this.progress.hidden ? this.form : this.progress).scrollIntoView({ block: "start" });
  }

  go(screen, { isReturning = false, isStepBack = false, focus = true } = {}) {
    const entry = { step: idOf(screen), before: isStepBack ? null : idOf(this.current), isReturning };
    this.show(screen, isReturning);
    if (isStepBack) this.trail.note(entry);
    else this.trail.add(entry);
    this.storage.keep({ step: entry.step });
    if (focus) this.focusHeading();
  }

  /** Goes where the browser's own buttons went. */
  follow({ step, isReturning }) {
    const screen = this.find(step);
    if (this.isOver || screen === this.current) return;
    clearSummary(this.form);
    this.show(screen, isReturning);
    this.storage.keep({ step: idOf(screen) });
    this.focusHeading();
  }

  advance() {
    const problems = check(this.current);
    if (problems.length) return this.tell(problems);
    clearSummary(this.form);
    if (!this.isReturning) return this.go(this.beside(1));
    // What was changed may have brought up questions that were never asked.
    const unfinished = this.unfinished();
    return this.go(unfinished ?? this.review.element, { isReturning: Boolean(unfinished) });
  }

  goBack() {
    const target = this.isReturning ? this.review.element : this.beside(-1);
    clearSummary(this.form);
    if (this.trail.here?.before === idOf(target)) history.back();
    else this.go(target, { isStepBack: true });
  }

  changeFromReview(control) {
    this.go(this.stepOf(control), { isReturning: true, focus: false });
    control.focus();
    (control.closest(".field-group") ?? control.closest(".field")).scrollIntoView({ block: "center" });
  }

  stepOf(control) {
    return this.steps.find((step) => step.contains(control));
  }

  /** Brings the step of a control into view. */
  reveal(control) {
    const step = this.stepOf(control);
    if (step !== this.current) this.go(step, { focus: false, isReturning: this.isReturning });
  }

  unfinished() {
    return this.steps.find((step) => this.shown.includes(step) && isUnfinished(step));
  }

  tell(problems) {
    showSummary(this.form, problems, (control) => this.reveal(control));
  }

  /** Fits the buttons and the progress to the current screen and to the screens that now show. */
  update() {
    const { shown } = this;
    const number = shown.indexOf(this.current) + 1;
    const isLast = number === shown.length;
    this.back.hidden = number === 1 && !this.isReturning;
    this.next.hidden = isLast;
    this.submit.hidden = !isLast;
    this.opening.hidden = number > 1;
    this.form.toggleAttribute("data-at-end", isLast);
    const text = this.form.dataset.progress.replace("{number}", number).replace("{total}", shown.length);
    const [words, bar] = this.progress.children;
    // A live region: said again only when it changes.
    if (words.textContent !== text) words.textContent = text;
    Object.assign(bar, { value: number, max: shown.length });
  }

  onSubmit(event) {
    event.preventDefault();
    if (!this.submit.hidden) this.finish();
    else this.advance();
  }

  /** Sends the form, unless something in it, in whatever step, needs the patient. */
  finish() {
    clearSummary(this.form);
    const unfinished = this.unfinished();
    if (!unfinished) return this.send();
    if (unfinished !== this.current) {
      this.go(unfinished, { focus: false, isReturning: this.current === this.review?.element });
    }
    return this.tell(check(unfinished));
  }
}
