// Keeps the answers of a form on its way, so that a reload loses nothing: in this tab only, for two hours at most.
// Files are never kept, nor is anything that was sent.

const PREFIX = "form:";
const MILLISECONDS_KEPT = 2 * 60 * 60 * 1000;
const PASSED_OVER = ["hidden", "file", "submit", "button", "fieldset"];

/** Without storage, as in some private windows, a form works all the same. */
const store = (() => {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
})();

const read = (name) => {
  try {
    return JSON.parse(store.getItem(name));
  } catch {
    return null;
  }
};

const forgetOld = () => {
  for (const name of Object.keys(store ?? {}).filter((each) => each.startsWith(PREFIX))) {
    if (!(Date.now() - read(name)?.at < MILLISECONDS_KEPT)) store.removeItem(name);
  }
};

export class Storage {
  constructor(form, place) {
    this.form = form;
    this.name = `${PREFIX}${form.dataset.form}:${place}:${location.pathname}`;
    this.isOn = store !== null && !("preview" in form.dataset);
    /** Beside the answers: the step, the key, when the form was begun, which steps were counted. */
    this.details = { begun: Date.now() };
  }

  /** Fills in what was kept, and returns whether there was anything; keeps what is typed from then on. */
  begin({ restore }) {
    if (!this.isOn) return false;
    forgetOld();
    const kept = restore ? read(this.name) : null;
    if (kept) this.restore(kept);
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("change", () => this.keep());
    return kept !== null;
  }

  get controls() {
    return [...this.form.elements].filter(
      (control) => control.name && !PASSED_OVER.includes(control.type) && !control.closest(".form__trap, .kept-files"),
    );
  }

  /** By name and value, so that a form which was published anew meanwhile takes up what it still asks. */
  restore({ answers, details }) {
    this.details = details;
    for (const control of this.controls) {
      const values = answers[control.name];
      if (!values) continue;
      if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
      else [control.value] = values;
    }
  }

  keep(details = {}) {
    Object.assign(this.details, details);
    if (!this.isOn || this.isOver) return;
    const answers = {};
    for (const control of this.controls) {
      const isChoice = ["checkbox", "radio"].includes(control.type);
      answers[control.name] ??= [];
      if (!isChoice || control.checked) answers[control.name].push(control.value);
    }
    try {
      store.setItem(this.name, JSON.stringify({ at: Date.now(), answers, details: this.details }));
    } catch {
      return; // The store is full: then a reload starts anew.
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => store.removeItem(this.name), MILLISECONDS_KEPT);
  }

  clear() {
    clearTimeout(this.timer);
    this.details = { begun: Date.now() };
    if (this.isOn) store.removeItem(this.name);
  }

  /** After sending, nothing is kept any more, whatever still happens in the page. */
  end() {
    this.clear();
    this.isOver = true;
  }
}
