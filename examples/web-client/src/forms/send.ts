// How a form and its files are sent, and what can come of it.

import { api, Refusal, taken } from "../api/client";
import type { Form, KeptFile, Sent } from "../api/types";
import type { Answers } from "./answers";
import type { Errors, FieldError } from "./check";
import { prove } from "./proof";

/** What came of sending: it has arrived, or what is wrong at which field and what is to be said besides. */
export type Outcome = { sent: Sent } | { errors: Errors; message: string };

const NO_NETWORK = "There was no answer. Your answers are still here: please send them again. They are taken once.";

const DRAFT_VERSION = 0;
const NOT_SENT = "This is a preview: you can try the form out, but nothing is sent.";

/** Returns a form that can be tried out and not be sent, as the API gives one that is being edited. */
export const asDraft = (form: Form): Form => ({ ...form, version: DRAFT_VERSION });

/** Sends the answers. The same `key` and answers sent again give the same submission, as after a lost connection. */
export async function sendForm(form: Form, answers: Answers, source: string, key: string): Promise<Outcome> {
  if (form.version === DRAFT_VERSION) return { errors: {}, message: NOT_SENT };
  try {
    const proof = form.challenge_url === null ? "" : await prove();
    const call = api.POST("/api/v1/forms/{page_id}/submissions/", {
      params: { path: { page_id: form.id }, header: { "Idempotency-Key": key } },
      body: { version: form.version, answers, source, proof },
    });
    return { sent: await taken(call) };
  } catch (reason) {
    return outcomeOf(reason, form);
  }
}

function outcomeOf(reason: unknown, form: Form): Outcome {
  if (!(reason instanceof Refusal) || !reason.problem) return { errors: {}, message: NO_NETWORK };
  const ids = new Set(form.steps.flatMap(({ fields }) => fields.map(({ id }) => id)));
  const errors: Record<string, FieldError[]> = {};
  const others: string[] = [];
  for (const { field, message, code } of reason.problem.errors) {
    if (ids.has(field)) errors[field] = [...(errors[field] ?? []), { message, code }];
    else others.push(message);
  }
  const isAtFields = Object.keys(errors).length > 0;
  return { errors, message: others.join(" ") || (isAtFields ? "" : reason.problem.detail) };
}

/** Sends a file for a question; throws an Error whose message says what is wrong. */
export async function sendFile(form: Form, field: string, file: File): Promise<KeptFile> {
  if (form.version === DRAFT_VERSION) throw new Error(NOT_SENT);
  const call = api.POST("/api/v1/forms/{page_id}/files/", {
    params: { path: { page_id: form.id } },
    // The document says "string" for a file in a form: the serializer below puts in the file itself.
    body: { version: form.version, field, file: file.name },
    bodySerializer: ({ version, field: name }) => {
      const data = new FormData();
      data.set("version", `${version}`);
      data.set("field", name);
      data.set("file", file);
      return data;
    },
  });
  try {
    return await taken(call);
  } catch (reason) {
    const problem = reason instanceof Refusal ? reason.problem : undefined;
    throw new Error(problem?.errors[0]?.message ?? problem?.detail ?? `${file.name} could not be sent. Please try again.`);
  }
}
