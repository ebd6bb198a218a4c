// The last screen of a form: all answers in one list, each with a way to change it.

import { answersIn } from "./answers.js";
import { copyOf } from "./summary.js";

export class Review {
  /** `change` is called with the control of the question that the patient wants to change. */
  constructor(form, change) {
    this.change = change;
    this.element = copyOf(form, "review");
    this.list = this.element.querySelector("[data-review-list]");
    this.row = this.element.querySelector("template").content;
    this.element.hidden = true;
  }

  /** Lists the answers of these steps as they are now. */
  fill(steps) {
    this.list.replaceChildren(...steps.flatMap((step) => this.partFor(step)));
  }

  partFor(step) {
    const answers = answersIn(step);
    if (!answers.length) return [];
    const title = this.row.querySelector(".answers__title").cloneNode();
    title.textContent = step.querySelector(".form__step-title").textContent;
    const list = document.createElement("dl");
    list.className = "answers";
    list.append(...answers.map((answer) => this.rowFor(answer)));
    return [title, list];
  }

  rowFor({ words, text, control }) {
    const row = this.row.querySelector(".answers__row").cloneNode(true);
    row.querySelector("dt").textContent = words;
    const answer = row.querySelector(".answers__answer");
    if (text) answer.replaceChildren(text);
    row.querySelector(".visually-hidden").textContent = words;
    row.querySelector("button").addEventListener("click", () => this.change(control));
    return row;
  }
}
