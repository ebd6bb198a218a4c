// What is wrong with the answers of a step, before the server looks at them: it checks everything again.

import { trimmed } from "./typed.js";

const controlsOf = (field) => [...field.querySelectorAll("input, select, textarea")];

/** As the server does before it looks: a phone's keyboard puts a space after a word, which no pattern takes. */
const trim = (control) => {
  if (!control.matches("input[type=text], input[type=tel], textarea")) return;
  const text = trimmed(control.value);
  if (text !== control.value) control.value = text;
};

/** Not the browser's own check: that one looks away from what a script filled in, and its limit cuts off what is pasted. */
const lengthProblem = ({ value, dataset: { fewest, most } }, words) => {
  const { length } = [...trimmed(value)];
  if (length > Number(most ?? Infinity)) return words.long;
  return length && length < Number(fewest ?? 0) ? words.short : "";
};

const wordsFor = ({ valueMissing, rangeUnderflow, rangeOverflow }, words) =>
  (valueMissing && words.required) || (rangeUnderflow && words.low) || (rangeOverflow && words.high) || words.invalid;

/** Returns what to tell the reader of a control; empty where all is well. */
const messageFor = (control, words) => {
  const { validity, validationMessage } = control;
  if (validity.valid) return lengthProblem(control, words);
  // First: a box to write in beside a choice is missing too, but not for want of a choice.
  return (!validity.customError && wordsFor(validity, words)) || validationMessage;
};

/** Returns the control that is wrong, the first of several, and what to tell the reader; null where all is well. */
const problemOf = (field) => {
  const controls = controlsOf(field);
  const isGroup = controls.length > 1 && controls[0].type === "checkbox";
  if (isGroup && field.dataset.required && !controls.some((control) => control.checked)) {
    return { control: controls[0], message: field.dataset.required };
  }
  const control = controls.find((each) => messageFor(each, field.dataset));
  return control ? { control, message: messageFor(control, field.dataset) } : null;
};

const describe = (element, id, present) => {
  const ids = new Set((element.getAttribute("aria-describedby") || "").split(" ").filter(Boolean));
  if (present) ids.add(id);
  else ids.delete(id);
  if (ids.size) element.setAttribute("aria-describedby", [...ids].join(" "));
  else element.removeAttribute("aria-describedby");
};

/** `isSaid`: a screen reader says the message by itself, where no list of what is wrong takes the focus. */
const showProblem = (field, message, { isSaid = false } = {}) => {
  const controls = controlsOf(field);
  const id = `${field.id || controls[0].id}_error`;
  let shown = field.querySelector(".field__error");
  if (message && !shown) {
    shown = document.createElement("p");
    shown.className = "field__error";
    shown.id = id;
    (field.querySelector(":scope > .field__hint") || field.querySelector(".field__label")).after(shown);
  }
  if (isSaid) shown.setAttribute("role", "alert");
  else shown?.removeAttribute("role");
  // A live region: said again only when it changes.
  if (message && shown.textContent !== message) shown.textContent = message;
  else if (!message) shown?.remove();
  field.classList.toggle("field--error", Boolean(message));
  for (const control of controls) {
    if (message) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  describe(field.id ? field : controls[0], id, Boolean(message));
};

/** Returns the questions of a step that the patient was asked, their answers without spaces around them. */
const askedIn = (step) => {
  const fields = [...step.querySelectorAll("[data-field]")].filter((field) => !field.closest(".form__ruled[hidden]"));
  fields.flatMap(controlsOf).forEach(trim);
  return fields;
};

/** Returns the first thing wrong in a step, without a word to the reader; undefined where nothing is. */
export const isUnfinished = (step) => askedIn(step).some(problemOf);

/** Marks every field of a step that needs attention and returns what is wrong: each control with its message. */
export const check = (step) => {
  const problems = [];
  for (const field of askedIn(step)) {
    const problem = problemOf(field);
    showProblem(field, problem?.message);
    if (problem) problems.push(problem);
  }
  return problems;
};

/** Takes a field's message away as soon as it is put right, and tells at once what typing on would not mend. */
export const followAnswers = (form) => {
  // On input, not on change: a message that goes away on leaving the field moves the button from under the pointer.
  form.addEventListener("input", ({ target }) => {
    const field = target.closest("[data-field]");
    if (!field) return;
    const problem = problemOf(field);
    if (!problem && field.matches(".field--error")) showProblem(field, "");
    // A file that cannot be sent, and a text that was pasted and is too long.
    const isAtOnce = target.type === "file" || problem?.message === field.dataset.long;
    if (problem && isAtOnce) showProblem(field, problem.message, { isSaid: true });
  });
  form.addEventListener("change", ({ target }) => trim(target));
};
