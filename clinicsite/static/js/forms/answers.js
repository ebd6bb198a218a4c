// The answers of a form as text, for the patient to check. What the clinic reads is written by the server.

import { dateOf } from "./typed.js";

const language = document.documentElement.lang;

/** Returns a day as people write it, from ISO 8601. */
const dayOf = (iso) => {
  const day = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(day.getTime()) ? iso : day.toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });
};

const labelOf = (control) => (control.labels[0]?.textContent ?? control.value).trim();

const controlsOf = (question) =>
  [...question.querySelectorAll("input, select, textarea")].filter((control) => !control.disabled);

const isOther = (control) => control.closest("[data-other]") !== null;

const ofDate = (controls) => {
  const day = dateOf(controls);
  return day ? dayOf(day) : controls.map((control) => control.value.trim()).join(" ").trim();
};

const ofFiles = (controls) =>
  controls.flatMap((control) => (control.type === "file" ? [...control.files].map((file) => file.name) : chosen(control)));

const ofParts = (controls, question) => {
  const texts = controls.map((control) => control.value.trim()).filter(Boolean);
  return texts.join("lines" in question.dataset ? "\n" : " ");
};

const chosen = (control) => {
  if (control.matches("select")) return control.value ? [control.selectedOptions[0].text.trim()] : [];
  if (["checkbox", "radio"].includes(control.type)) return control.checked ? [labelOf(control)] : [];
  const text = control.value.trim();
  return text ? [control.type === "date" ? dayOf(text) : text] : [];
};

const ofChoices = (controls) => {
  const other = controls.find((control) => isOther(control) && !control.closest("[data-other]").hidden)?.value.trim();
  const texts = controls.filter((control) => !isOther(control)).flatMap(chosen);
  return texts.join("; ") + (other ? `: ${other}` : "");
};

/** Returns the answer to a question as text; empty where there is none. */
const textOf = (question) => {
  const controls = controlsOf(question);
  const { answer } = question.dataset;
  if (answer === "date") return ofDate(controls);
  if (answer === "parts") return ofParts(controls, question);
  if (answer === "files") return ofFiles(controls).join("; ");
  return ofChoices(controls);
};

const wordsOf = (question) => {
  const label = question.querySelector(".field__label").cloneNode(true);
  label.querySelector(".field__required")?.remove();
  return label.textContent.trim();
};

/** Returns the questions of a step that the patient was asked: their words, the answer as text, and a control of each. */
export const answersIn = (step) =>
  [...step.querySelectorAll(".field[data-field]:not(.field-group .field), .field-group")]
    .filter((question) => !question.closest(".form__ruled[hidden]"))
    .map((question) => ({ words: wordsOf(question), text: textOf(question), control: controlsOf(question)[0] }));
