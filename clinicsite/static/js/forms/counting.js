// Counts how far people get, by step and day, for the clinic to see where they give up. No cookie, nothing of a person.

export class Counting {
  constructor(form, storage) {
    this.url = form.dataset.countUrl;
    this.storage = storage;
    this.counted = new Set(storage.details.counted);
    // To see a form is not to begin it: many stand at the foot of a page that is read for other reasons.
    form.addEventListener("input", ({ target }) => this.count(target.closest("[data-step]")), { once: true });
  }

  count(step) {
    if (!this.url || !step || this.counted.has(step.dataset.step)) return;
    this.counted.add(step.dataset.step);
    this.storage.details.counted = [...this.counted];
    navigator.sendBeacon(this.url, new URLSearchParams({ step: step.dataset.step }));
  }
}
