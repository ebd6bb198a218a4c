// From what was typed to the answers that the API takes, and to words for reading it over.
// The form's `answers_schema` says what each type of field takes; the server decides all the same.

import type { Choice, Field, Form } from "../api/types";
import { dayWords } from "../parts/dates";
import { nothingFor } from "../parts/never";
import { typedIn, type Typed, type TypedById } from "./typed";

export type Answer = string | number | boolean | readonly string[] | { readonly [part: string]: unknown };
export type Answers = Record<string, Answer>;

/** Returns the answer to a field; null where there is none. */
export function answerOf(field: Field, typed: Typed): Answer | null {
  switch (field.type) {
    case "single_line":
    case "multi_line":
    case "email":
    case "phone":
    case "date":
      return typed.text.trim() || null;
    case "number":
    case "scale":
      return numberIn(typed.text);
    case "date_of_birth":
      return dateIn(typed.parts);
    case "name":
    case "address":
      return filled(typed.parts);
    case "radios":
    case "select":
    case "patient_type":
      return chosenOne(field.choices, typed);
    case "checkboxes":
    case "days_of_week":
    case "times_of_day":
    case "body_area":
      return chosenMany(field.choices, typed);
    case "location":
    case "clinician":
      return pageChosen(typed);
    case "upload":
      return typed.files.length > 0 ? typed.files.map(({ token }) => token) : null;
    case "consent":
      return typed.chosen.length > 0 || null;
    case "hidden":
      return field.value;
    case "static_text":
      return null;
    default:
      return nothingFor(field);
  }
}

/** Returns the answers to the fields of a form that have one, by field id. */
export function answersOf(form: Form, all: TypedById): Answers {
  const answers: Answers = {};
  for (const field of form.steps.flatMap(({ fields }) => fields)) {
    const answer = answerOf(field, typedIn(all, field.id));
    if (answer !== null) answers[field.id] = answer;
  }
  return answers;
}

/** Returns the number that was typed, or the words as they are, which check.ts tells from one. */
function numberIn(text: string): number | string | null {
  const typed = text.trim();
  return typed === "" || Number.isNaN(Number(typed)) ? typed || null : Number(typed);
}

function dateIn({ month = "", day = "", year = "" }: Readonly<Record<string, string>>): string | null {
  if (!(month + day + year).trim()) return null;
  return [year.trim().padStart(4, "0"), month.trim().padStart(2, "0"), day.trim().padStart(2, "0")].join("-");
}

function filled(parts: Readonly<Record<string, string>>): Answer | null {
  const entries = Object.entries(parts).filter(([, text]) => text.trim() !== "");
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

const isOther = (choices: Choice[], id: string): boolean => choices.find((choice) => choice.id === id)?.kind === "other";

function chosenOne(choices: Choice[], { chosen: [choice], other }: Typed): Answer | null {
  if (!choice) return null;
  return isOther(choices, choice) ? { choice, other } : choice;
}

function chosenMany(choices: Choice[], { chosen, other }: Typed): Answer | null {
  if (chosen.length === 0) return null;
  return chosen.some((id) => isOther(choices, id)) ? { choices: chosen, other } : chosen;
}

function pageChosen({ chosen: [id] }: Typed): Answer | null {
  if (!id) return null;
  return { id: /^\d+$/.test(id) ? Number(id) : id };
}

/** Returns what is in a field in words, for reading it over; empty where it is unanswered. */
export function wordsOf(field: Field, typed: Typed): string {
  const answer = answerOf(field, typed);
  if (answer === null) return "";
  if (field.type === "date_of_birth" || field.type === "date") return dateWords(String(answer));
  if (field.type === "consent") return "Agreed";
  if ("choices" in field) {
    const words = field.choices.filter(({ id }) => typed.chosen.includes(id));
    return words.map(({ label, kind }) => (kind === "other" ? `${label}: ${typed.other}` : label)).join(", ");
  }
  if (typed.files.length > 0) return typed.files.map(({ name }) => name).join(", ");
  return typed.text || Object.values(typed.parts).filter(Boolean).join(" ");
}

const dateWords = (iso: string): string => (Number.isNaN(Date.parse(iso)) ? iso : dayWords(iso));
