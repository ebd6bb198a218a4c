// Shows and hides what a form's rules say, as the answers change. It mirrors forms/rules on the server, which decides:
// there, what does not show is neither asked nor kept, whatever is sent.

import { dateOf, trimmed } from "./forms/typed.js";

const isEmpty = (answer) => answer === null || answer === "" || (Array.isArray(answer) && answer.length === 0);
const plain = (value) => (typeof value === "string" ? trimmed(value).toLowerCase() : value);
const not = (holds) => (answer, value) => !holds(answer, value);
const ordered = (compare) => (answer, value) =>
  !isEmpty(answer) && typeof answer === typeof value && compare(answer, value);

const is = (answer, value) => !isEmpty(answer) && plain(answer) === plain(value);
const answered = (answer) => !isEmpty(answer);
const contains = (answer, value) => {
  if (Array.isArray(answer)) return answer.includes(value);
  return typeof answer === "string" && typeof value === "string" && plain(answer).includes(plain(value));
};
const more = ordered((answer, value) => answer > value);
const less = ordered((answer, value) => answer < value);

const OPERATORS = {
  is,
  is_not: not(is),
  any_of: (answer, values) => Array.isArray(values) && [answer].flat().some((choice) => values.includes(choice)),
  contains,
  contains_not: not(contains),
  greater_than: more,
  less_than: less,
  before: less,
  after: more,
  answered,
  unanswered: not(answered),
  ticked: answered,
  unticked: not(answered),
};

/** Returns the controls of a question; those of one with several parts stand in an element with its name. */
const controlsOf = (form, name) =>
  [...form.elements].filter((control) => control.name === name || control.closest("[data-name]")?.dataset.name === name);

const KINDS = {
  date: dateOf,
  parts: (controls) => controls.map((control) => trimmed(control.value)).join("") || null,
  files: (controls) => controls.some((control) => control.files?.length || control.checked) || null,
};

/** Returns the answer to the question called `name`, as the server would read it. */
const answerTo = (form, name) => {
  const controls = controlsOf(form, name).filter((control) => control.type !== "fieldset");
  const [first] = controls;
  if (!first) return null;
  const kind = first.closest("[data-answer]")?.dataset.answer;
  if (KINDS[kind]) return KINDS[kind](controls);
  if (first.type === "checkbox" && !first.hasAttribute("value")) return first.checked || null;
  const chosen = controls.filter((control) => control.checked).map((control) => control.value);
  if (first.type === "checkbox") return chosen;
  if (first.type === "radio") return kind === "number" && chosen.length ? Number(chosen[0]) : chosen[0] ?? null;
  if (first.type === "number") return first.value === "" ? null : Number(first.value);
  return trimmed(first.value) || null;
};

class Rules {
  constructor(form) {
    this.form = form;
    // In the order of the page: a rule only ever looks at what comes before it.
    this.parts = [...form.querySelectorAll("[data-rule]")].map((element) => [element, JSON.parse(element.dataset.rule)]);
    for (const note of form.querySelectorAll("[data-rule-note]")) note.hidden = true;
    form.addEventListener("input", () => this.apply());
    form.addEventListener("change", () => this.apply());
    // The browser fills in what was typed before, after a reload or on coming back.
    window.addEventListener("pageshow", () => this.apply());
    this.apply();
  }

  /** Says whether a part of a rule is met: one condition, or a group of them, which a rule is too. */
  isMet({ match, conditions, question, operator, value }) {
    if (!conditions) return OPERATORS[operator](this.answer(question), value);
    return match === "all" ? conditions.every(this.isMet, this) : conditions.some(this.isMet, this);
  }

  /** What is not shown is disabled: so it counts as unanswered here, and is not sent. */
  answer(question) {
    const control = controlsOf(this.form, question).find(({ type }) => type !== "fieldset");
    return control && !control.matches(":disabled") ? answerTo(this.form, question) : null;
  }

  apply() {
    for (const [element, rule] of this.parts) {
      const shows = this.isMet(rule);
      if (element.matches("fieldset")) {
        element.disabled = !shows;
      } else {
        element.hidden = !shows;
        for (const control of element.querySelectorAll("input, select, textarea")) control.disabled = !shows;
      }
    }
    // A step of which nothing shows is left out; forms.js passes over steps that are marked so.
    for (const step of this.form.querySelectorAll(".form__step")) {
      const items = [...step.querySelectorAll("[data-field], .form__text")];
      const isEmptied = items.length > 0 && items.every((item) => item.closest(".form__ruled[hidden]"));
      step.toggleAttribute("data-left-out", step.disabled || isEmptied);
    }
    this.form.dispatchEvent(new Event("rules"));
  }
}

/** Has a form show what the answers so far lead to. */
export const beginRules = (form) => new Rules(form);
