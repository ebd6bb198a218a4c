// What can be said before a form is sent: which questions of a step still need an answer, and what
// is no number. All else the server says.

import type { Field, FieldOf, Form } from "../api/types";
import { answerOf } from "./answers";
import { partsOf } from "./schema";
import { typedIn, type Typed, type TypedById } from "./typed";

/** What is wrong with a field; `code` names the part of it that is wrong, such as "first" or "day month". */
export interface FieldError {
  message: string;
  code: string;
}

/** What is wrong, by field id. */
export type Errors = Readonly<Record<string, readonly FieldError[]>>;

/** Says whether an error is about a part of a field. */
export const isAbout = ({ code }: FieldError, part: string): boolean => code.split(" ").includes(part);

/** Returns what is missing, or no number, in `fields`. */
export function missingIn(form: Form, fields: readonly Field[], all: TypedById): Errors {
  const found = fields.map((field) => [field.id, errorsOf(form, field, typedIn(all, field.id))] as const);
  return Object.fromEntries(found.filter(([, errors]) => errors.length > 0));
}

function errorsOf(form: Form, field: Field, typed: Typed): FieldError[] {
  if (field.type === "name" || field.type === "address") return missingParts(form, field, typed);
  return messagesFor(field, typed).map((message) => ({ message, code: "" }));
}

function missingParts(form: Form, field: FieldOf<"name"> | FieldOf<"address">, typed: Typed): FieldError[] {
  if (!field.required && answerOf(field, typed) === null) return [];
  const empty = partsOf(form, field.id).filter(({ name, isNeeded }) => isNeeded && !typed.parts[name]?.trim());
  return empty.map(({ name, title }) => ({ message: `${field.label}: enter “${title}”.`, code: name }));
}

function messagesFor(field: Field, typed: Typed): string[] {
  if (!("required" in field)) return [];
  const answer = answerOf(field, typed);
  if (answer === null) return field.required ? [requiredWords(field)] : [];
  if (field.type === "number" && typeof answer === "string") {
    return [field.whole ? "Enter a whole number, such as 6." : "Enter a number, such as 6.5."];
  }
  if ("choices" in field) {
    const other = field.choices.find(({ id, kind }) => kind === "other" && typed.chosen.includes(id));
    if (other && !typed.other.trim()) return [`Write your answer beside “${other.label}”.`];
  }
  return [];
}

function requiredWords({ type, label }: Extract<Field, { required: boolean }>): string {
  if (type === "consent") return `Check the box under “${label}” to go on.`;
  if (type === "upload") return `Add a photo or a PDF for “${label}”.`;
  return `Answer “${label}”.`;
}
