import { useMemo, useRef, useState } from "preact/hooks";

import type { Field, Form, Sent, Step } from "../api/types";
import { answersOf } from "./answers";
import { missingIn, type Errors } from "./check";
import { prefilled } from "./prefill";
import { shownIn } from "./rules";
import { sendForm } from "./send";
import type { Typed, TypedById } from "./typed";

/** The place of the last step of a form whose answers are read over before it is sent. */
export const REVIEW = "review";

export interface ShownStep {
  step: Step;
  fields: Field[];
}

/** A form being filled in. */
export interface Filling {
  typed: TypedById;
  steps: ShownStep[];
  /** The id of the step that is shown, or REVIEW. */
  place: string;
  errors: Errors;
  /** What is wrong that is no field's fault. */
  message: string;
  /** Counts the times that something was refused, so that each moves the focus anew. */
  refusals: number;
  isSending: boolean;
  sent: Sent | null;
  type: (id: string, typed: Typed) => void;
  goTo: (place: string) => void;
  next: () => void;
  back: () => void;
}

/** Returns the state of a form being filled in; `source` is the path of the page that it is on. */
export function useForm(form: Form, source: string): Filling {
  const [typed, setTyped] = useState<TypedById>(() => prefilled(form, new URLSearchParams(location.search)));
  const [asked, setAsked] = useState("");
  const [refused, setRefused] = useState<{ errors: Errors; message: string; count: number }>({ errors: {}, message: "", count: 0 });
  const [isSending, setIsSending] = useState(false);
  const [sent, setSent] = useState<Sent | null>(null);
  const key = useRef(crypto.randomUUID());

  const answers = useMemo(() => answersOf(form, typed), [form, typed]);
  const steps = useMemo(() => shownSteps(form, shownIn(form, answers)), [form, answers]);
  const places = [...steps.map(({ step }) => step.id), ...(form.review_answers ? [REVIEW] : [])];
  // A rule may have taken away the step that was shown.
  const place = places.includes(asked) ? asked : (places[0] ?? REVIEW);

  const goTo = (to: string): void => {
    setAsked(to);
    setRefused({ ...refused, message: "" });
  };
  const refuse = (errors: Errors, message: string): void => {
    const wrong = steps.find(({ fields }) => fields.some(({ id }) => errors[id]));
    if (wrong) setAsked(wrong.step.id);
    setRefused({ errors, message, count: refused.count + 1 });
  };
  const send = async (): Promise<void> => {
    setIsSending(true);
    const shown = new Set(steps.flatMap(({ fields }) => fields.map(({ id }) => id)));
    const shownAnswers = Object.fromEntries(Object.entries(answers).filter(([id]) => shown.has(id)));
    const outcome = await sendForm(form, shownAnswers, source, key.current);
    setIsSending(false);
    if ("sent" in outcome) setSent(outcome.sent);
    else refuse(outcome.errors, outcome.message);
  };
  const next = (): void => {
    const current = steps.find(({ step }) => step.id === place);
    const missing = current ? missingIn(form, current.fields, typed) : {};
    const following = places[places.indexOf(place) + 1];
    if (Object.keys(missing).length > 0) refuse(missing, "");
    else if (following) goTo(following);
    else void send();
  };
  return {
    ...{ typed, steps, place, isSending, sent, goTo, next },
    ...{ errors: refused.errors, message: refused.message, refusals: refused.count },
    type: (id, value) => {
      setTyped((before) => ({ ...before, [id]: value }));
      // What was said of the answer before need not be true of this one.
      if (refused.errors[id]) setRefused({ ...refused, errors: { ...refused.errors, [id]: [] } });
    },
    back: () => goTo(places[places.indexOf(place) - 1] ?? place),
  };
}

function shownSteps(form: Form, shown: ReadonlySet<string>): ShownStep[] {
  return form.steps
    .filter(({ id }) => shown.has(id))
    .map((step) => ({ step, fields: step.fields.filter(({ id }) => shown.has(id)) }));
}
