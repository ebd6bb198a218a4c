import type { JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

import type { Form } from "../api/types";
import type { Level } from "../parts/heading";
import { RichText } from "../parts/rich-text";
import { ClosedForm } from "./closed-form";
import { Confirmation } from "./confirmation";
import { ErrorSummary } from "./error-summary";
import { FormContext } from "./form-context";
import { Review } from "./review";
import { StepView } from "./step-view";
import { REVIEW, useForm, type Filling } from "./use-form";

interface Props {
  form: Form;
  /** The path of the page that the form is on. */
  source: string;
  /** The level of the headings of its steps. */
  level: Level;
}

/** A form: filled in step by step, sent, confirmed. */
export function FormView({ form, source, level }: Props): JSX.Element {
  const place = useId();
  const filling = useForm(form, source);
  if (filling.sent) return <Confirmation sent={filling.sent} level={level} />;
  if (form.state !== "open") return <ClosedForm form={form} level={level} />;
  return (
    <FormContext.Provider value={{ form, place }}>
      <OpenForm form={form} filling={filling} level={level} />
    </FormContext.Provider>
  );
}

function OpenForm({ form, filling, level }: { form: Form; filling: Filling; level: Level }): JSX.Element {
  const { steps, place } = filling;
  const index = steps.findIndex(({ step }) => step.id === place);
  const total = steps.length + (form.review_answers ? 1 : 0);
  const number = index < 0 ? total : index + 1;
  const shown = steps[index];
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!filling.isSending) filling.next();
  };
  return (
    <form class="form" noValidate onSubmit={submit} ref={useFocusOnSteps(filling)}>
      {number === 1 && <RichText html={form.introduction} />}
      <ErrorSummary filling={filling} level={level} />
      {total > 1 && <p class="soft" role="status">Step {number} of {total}</p>}
      {shown && <StepView key={place} shown={shown} filling={filling} level={level} />}
      {place === REVIEW && <Review filling={filling} level={level} />}
      <div class="actions">
        <button class="button" type="submit" aria-disabled={filling.isSending}>{submitWords(form, filling, number === total)}</button>
        {number > 1 && <button class="button button--quiet" type="button" onClick={filling.back}>Back</button>}
      </div>
      {number === total && form.promise && <p class="soft">{form.promise}</p>}
    </form>
  );
}

function submitWords(form: Form, { isSending }: Filling, isLast: boolean): string {
  if (isSending) return "Sending…";
  return isLast ? form.submit_label : "Next";
}

/** Moves the focus to the heading of a step that has come in place of another, unless a refusal has brought it. */
function useFocusOnSteps({ place, refusals }: Filling): { current: HTMLFormElement | null } {
  const element = useRef<HTMLFormElement>(null);
  const before = useRef({ place, refusals });
  useEffect(() => {
    const isMoved = before.current.place !== place && before.current.refusals === refusals;
    before.current = { place, refusals };
    if (isMoved) element.current?.querySelector<HTMLElement>(".step__title")?.focus();
  }, [place, refusals]);
  return element;
}
