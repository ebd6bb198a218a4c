// Where the patient is in a form, as entries of the browser's history: its Back button then goes one step back. An entry
// names the step; no answer is ever in it.

export class Trail {
  constructor(place, { isPreview, signal }) {
    this.name = `form-${place}`;
    // A preview stands in a frame of the admin, whose own Back button it must leave alone.
    this.isOff = isPreview;
    this.signal = signal;
  }

  /** The entry of this form where the browser now stands: `step`, `before` and `isReturning`; null without one. */
  get here() {
    return this.isOff ? null : history.state?.[this.name] ?? null;
  }

  get depth() {
    return this.isOff ? 0 : history.state?.depth ?? 0;
  }

  note(entry) {
    if (!this.isOff) history.replaceState({ ...history.state, [this.name]: entry }, "");
  }

  add(entry) {
    if (!this.isOff) history.pushState({ ...history.state, [this.name]: entry, depth: this.depth + 1 }, "");
  }

  onMove(move) {
    window.addEventListener("popstate", () => this.here && move(this.here), { signal: this.signal });
  }

  /** Goes back to where the form was begun, so that the steps of what was sent are not left behind. */
  rewind() {
    const { depth } = this;
    if (!depth) return Promise.resolve();
    return new Promise((resolve) => {
      window.addEventListener("popstate", resolve, { once: true });
      setTimeout(resolve, 500);
      history.go(-depth);
    });
  }
}
