// Makes a form of several fieldsets one step at a time, and says what is wrong before the form is sent.
// The page works without it: the server checks everything again, and its answer carries the same words.

const randomKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40; // RFC 9562, 5.4: version 4
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

const controlsOf = (field) => [...field.querySelectorAll("input, select, textarea")];

/** Returns what to tell the reader about a field, or an empty string where all is well. */
const problemOf = (field) => {
  const controls = controlsOf(field);
  const isGroup = controls.length > 1 && controls[0].type === "checkbox";
  if (isGroup && field.dataset.required && !controls.some((control) => control.checked)) return field.dataset.required;
  // Of several boxes for one answer, the first that is wrong.
  const control = controls.find((each) => !each.validity.valid);
  if (!control) return "";
  const { validity } = control;
  if (validity.valueMissing) return field.dataset.required;
  if (validity.rangeUnderflow) return field.dataset.low;
  if (validity.rangeOverflow) return field.dataset.high;
  if (validity.tooShort) return field.dataset.short;
  if (validity.customError) return control.validationMessage;
  return field.dataset.invalid || control.validationMessage;
};

const describe = (element, id, present) => {
  const ids = new Set((element.getAttribute("aria-describedby") || "").split(" ").filter(Boolean));
  if (present) ids.add(id);
  else ids.delete(id);
  if (ids.size) element.setAttribute("aria-describedby", [...ids].join(" "));
  else element.removeAttribute("aria-describedby");
};

const showProblem = (field, problem) => {
  const controls = controlsOf(field);
  const id = `${field.id || controls[0].id}_error`;
  let message = field.querySelector(".field__error");
  if (problem && !message) {
    message = document.createElement("p");
    message.className = "field__error";
    message.id = id;
    (field.querySelector(".field__hint") || field.querySelector(".field__label")).after(message);
  }
  if (problem) message.textContent = problem;
  else message?.remove();
  field.classList.toggle("field--error", Boolean(problem));
  for (const control of controls) {
    if (problem) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  describe(field.id ? field : controls[0], id, Boolean(problem));
};

/** Marks every field of a step that needs attention, moves focus to the first, and returns whether there is none. */
const check = (step) => {
  const wrong = [...step.querySelectorAll("[data-field]")].filter((field) => {
    if (field.closest(".form__ruled[hidden]")) return false;
    const problem = problemOf(field);
    showProblem(field, problem);
    return problem;
  });
  if (wrong.length) controlsOf(wrong[0])[0].focus();
  return wrong.length === 0;
};

const button = (label, onClick) => {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button button--quiet";
  element.textContent = label;
  element.addEventListener("click", onClick);
  return element;
};

class Steps {
  constructor(form) {
    this.form = form;
    this.steps = [...form.querySelectorAll(".form__step")];
    this.progress = form.querySelector(".form__progress");
    this.submit = form.querySelector("[type=submit]");
    this.current = this.steps[0];
    if (this.steps.length > 1) this.begin();
    form.addEventListener("submit", (event) => this.onSubmit(event));
    window.addEventListener("pageshow", () => this.showSending(false));
    // On input, not on change: a message that goes away on leaving the field moves the button from under the pointer.
    form.addEventListener("input", (event) => {
      const field = event.target.closest(".field--error");
      if (field && !problemOf(field)) showProblem(field, "");
    });
  }

  begin() {
    this.next = button(this.form.dataset.next, () => check(this.current) && this.go(this.beside(1)));
    this.next.classList.replace("button--quiet", "button--primary");
    this.back = button(this.form.dataset.back, () => this.go(this.beside(-1)));
    this.submit.before(this.back, this.next);
    for (const step of this.steps) step.querySelector(".form__step-title").tabIndex = -1;
    this.progress.hidden = false;
    this.go(this.shown.find((step) => step.querySelector(".field--error")) || this.shown[0], { focus: false });
    this.form.addEventListener("rules", () => this.update());
    this.followErrorLinks();
  }

  /** The steps that the answers so far lead through: rules.js marks the others. */
  get shown() {
    return this.steps.filter((step) => !("leftOut" in step.dataset));
  }

  /** Returns the step before (-1) or after (1) the current one. */
  beside(direction) {
    const { shown } = this;
    return shown[shown.indexOf(this.current) + direction];
  }

  /** An error's link may lead into a step that is out of view: bring it into view first. */
  followErrorLinks() {
    const summary = this.form.parentElement.querySelector("[data-error-summary]");
    summary?.addEventListener("click", (event) => {
      const target = document.getElementById(event.target.hash?.slice(1));
      const step = this.shown.find((candidate) => candidate.contains(target));
      if (!step) return;
      event.preventDefault();
      this.go(step, { focus: false });
      target.focus();
    });
  }

  go(step, { focus = true } = {}) {
    this.current = step;
    for (const each of this.steps) each.hidden = each !== step;
    this.update();
    if (!focus) return;
    step.querySelector(".form__step-title").focus({ preventScroll: true });
    this.progress.scrollIntoView({ block: "start" });
  }

  /** Fits the buttons and the progress to the current step and to the steps that now show. */
  update() {
    const last = !this.beside(1);
    this.back.hidden = !this.beside(-1);
    this.next.hidden = last;
    this.submit.hidden = !last;
    const progress = this.form.dataset.progress
      .replace("{number}", this.shown.indexOf(this.current) + 1)
      .replace("{total}", this.shown.length);
    // A live region: said again only when it changes.
    if (this.progress.textContent !== progress) this.progress.textContent = progress;
  }

  onSubmit(event) {
    if (!check(this.current)) {
      event.preventDefault();
    } else if (this.steps.length > 1 && this.beside(1)) {
      event.preventDefault();
      this.go(this.beside(1));
    } else {
      // Robots are quicker than people: the server looks at it.
      const { seconds } = this.form.elements;
      if (seconds) seconds.value = (performance.now() / 1000).toFixed(1);
      this.showSending(true);
    }
  }

  /** A slow network looks like a button that does nothing: say that the form is on its way. */
  showSending(sending) {
    this.label ??= this.submit.textContent;
    this.submit.textContent = sending ? this.form.dataset.sending : this.label;
  }
}

for (const form of document.querySelectorAll("form[data-form]")) {
  const { key } = form.elements;
  if (!key.value) key.value = randomKey();
  new Steps(form);
}
document.documentElement.dataset.forms = "ready";
