// Sends a form without leaving its page, so that a bad connection loses nothing: the answers stay, and trying again is
// safe, for the form's key makes both one request.

import { NoAnswer, ask, parsed } from "./asking.js";
import { prove } from "./proof.js";
import { areaOf, copyOf } from "./summary.js";

const SECONDS_TO_ANSWER = 30;
const SECONDS_WITH_FILES = 180;
const SECONDS_UNTIL_SLOW = 6;
// What the server's own page has words for; it comes with the form in it.
const WITH_THE_FORM = [409, 422, 429];

const hasFiles = (form) => [...form.elements].some((control) => control.files?.length);

/** Returns what the server said: where the confirmation is, or the form as it came back. Throws NoAnswer. */
const post = async (form) => {
  const body = new FormData(form);
  const seconds = hasFiles(form) ? SECONDS_WITH_FILES : SECONDS_TO_ANSWER;
  const options = {
    method: "POST",
    body: form.enctype === "multipart/form-data" ? body : new URLSearchParams(body),
    headers: { Accept: "application/json, text/html;q=0.9" },
  };
  const { status, text } = await ask(form.action, options, seconds);
  if (status === 201) return { location: parsed(text).location };
  const page = WITH_THE_FORM.includes(status) ? new DOMParser().parseFromString(text, "text/html") : null;
  const area = page?.querySelector(`form[data-form="${form.dataset.form}"]`)?.closest("[data-form-area]");
  if (!area) throw new NoAnswer("failed");
  return { area };
};

export class Sending {
  /** `onSent` gets the confirmation's address, `onReturned` the form as the server sent it back. */
  constructor(form, { storage, onSent, onReturned, signal }) {
    Object.assign(this, { form, storage, onSent, onReturned, signal });
    this.submit = form.querySelector("[type=submit]");
    this.status = form.querySelector("[data-status]");
    window.addEventListener("online", () => this.tellOnline(), { signal });
  }

  async send() {
    if (this.isUnderWay) return;
    this.isUnderWay = true;
    this.message?.remove();
    this.showProgress(true);
    const { location, area, failure, isBroken } = await this.attempt();
    // This browser cannot do what the script wants: without scripts, the form is sent all the same.
    if (isBroken) {
      this.storage.end();
      return this.form.submit();
    }
    this.isUnderWay = Boolean(location);
    if (location) return this.onSent(location);
    this.showProgress(false);
    return area ? this.onReturned(area) : this.tell(failure);
  }

  async attempt() {
    if (!navigator.onLine) return { failure: "offline" };
    try {
      const { challengeUrl } = this.form.dataset;
      // Anew for each attempt: the same work is taken once.
      if (challengeUrl) this.form.elements.proof.value = await prove(challengeUrl);
      this.form.elements.seconds.value = ((Date.now() - this.storage.details.begun) / 1000).toFixed(1);
      return await post(this.form);
    } catch (error) {
      if (error instanceof NoAnswer) return { failure: error.failure };
      console.error(error);
      return { isBroken: true };
    }
  }

  /** A slow network looks like a button that does nothing: say that the form is on its way. */
  showProgress(isSending) {
    clearTimeout(this.timer);
    const { sending, slow } = this.form.dataset;
    // Not disabled: that would take the focus away.
    this.submit.setAttribute("aria-disabled", isSending);
    this.submit.textContent = isSending ? sending : this.submit.dataset.send;
    this.say(isSending ? sending : "");
    if (isSending) this.timer = setTimeout(() => this.say(slow, { isSeen: true }), SECONDS_UNTIL_SLOW * 1000);
  }

  /** Tells a screen reader, and with `isSeen` everybody: what the button says already needs no second place. */
  say(words, { isSeen = false } = {}) {
    this.status.textContent = words;
    this.status.classList.toggle("visually-hidden", !isSeen);
  }

  tell(failure) {
    this.message = copyOf(this.form, `message-${failure}`);
    this.message.querySelector("button").addEventListener("click", () => this.submit.click());
    this.form.querySelector(".form__actions").before(this.message);
    this.message.focus();
  }

  tellOnline() {
    const online = this.message?.querySelector("[data-online]");
    if (online) online.hidden = false;
  }

  /** The page was left and came back as it was: nothing is on its way any more. */
  reset() {
    this.isUnderWay = false;
    this.showProgress(false);
  }
}

/** Returns the area of a form anew, in the place of the old one. */
export const replaceArea = (form, area) => {
  const fresh = document.importNode(area, true);
  areaOf(form).replaceWith(fresh);
  return fresh.querySelector("form");
};
