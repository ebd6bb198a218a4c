// Helps a patient through a form: step by step, with words on what is wrong, and safely over a bad connection.
// The page works without it: the server checks everything again, and its answers carry the same words.

import { beginFields } from "./form-fields.js";
import { Counting } from "./forms/counting.js";
import { Sending, replaceArea } from "./forms/sending.js";
import { Steps } from "./forms/steps.js";
import { Storage } from "./forms/storage.js";
import { adoptSummary, areaOf, clearSummary, copyOf } from "./forms/summary.js";
import { Trail } from "./forms/trail.js";
import { followAnswers } from "./forms/validation.js";
import { beginRules } from "./rules.js";

const randomKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40; // RFC 9562, 5.4: version 4
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

class PatientForm {
  /** `details` are those of the form in whose place this one came. */
  constructor(form, details = {}) {
    this.form = form;
    this.life = new AbortController();
    const { signal } = this.life;
    const place = areaOf(form).dataset.formArea;
    this.storage = new Storage(form, place);
    Object.assign(this.storage.details, details);
    // What a form brings along that came back is newer than what was kept.
    this.isRestored = this.storage.begin({ restore: !("filled" in form.dataset) });
    this.giveKey();
    beginFields(form);
    beginRules(form);
    followAnswers(form);
    this.trail = new Trail(place, { isPreview: "preview" in form.dataset, signal });
    this.sending = new Sending(form, {
      storage: this.storage,
      onSent: (location) => this.leave(location),
      onReturned: (area) => this.takeBack(area),
      signal,
    });
    this.steps = new Steps(form, {
      trail: this.trail,
      storage: this.storage,
      counting: new Counting(form, this.storage),
      send: () => this.sending.send(),
    });
    this.begin(signal);
  }

  begin(signal) {
    this.steps.begin({ isRestored: this.isRestored });
    adoptSummary(this.form, (control) => this.steps.reveal(control));
    if (this.isRestored) this.offerToClear();
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.comeBack(), { signal });
  }

  /** The key makes a double click, the Back button and a duplicated tab one request. */
  giveKey() {
    const { key } = this.form.elements;
    key.value ||= this.storage.details.key ?? randomKey();
    this.storage.details.key = key.value;
  }

  offerToClear() {
    const notice = copyOf(this.form, "restored");
    notice.querySelector("[data-files]").hidden = !this.form.querySelector("input[type=file]");
    notice.querySelector("button").addEventListener("click", () => this.clear(notice));
    this.form.before(notice);
  }

  clear(notice) {
    notice.remove();
    clearSummary(this.form);
    this.form.reset();
    for (const control of this.form.elements) control.dispatchEvent(new Event("change", { bubbles: true }));
    this.form.elements.key.value = "";
    this.storage.clear();
    this.giveKey();
    this.steps.go(this.steps.shown[0]);
    this.storage.clear();
  }

  /** Puts the form in place that the server sent back: with what is wrong, or why it cannot be sent. */
  takeBack(area) {
    const { details } = this.storage;
    this.life.abort();
    new PatientForm(replaceArea(this.form, area), details);
  }

  async leave(location) {
    this.storage.end();
    this.steps.isOver = true;
    await this.trail.rewind();
    this.form.reset();
    const address = new URL(location, window.location.origin);
    // A form's own page gives up its place: the Back button would only lead to it anew.
    if ("embedded" in this.form.dataset) window.location.assign(address);
    else window.location.replace(address);
  }

  comeBack() {
    if (this.steps.isOver) window.location.reload();
    else this.sending.reset();
  }
}

for (const form of document.querySelectorAll("form[data-form]")) new PatientForm(form);
document.documentElement.dataset.forms = "ready";
