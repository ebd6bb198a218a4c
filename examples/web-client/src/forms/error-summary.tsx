import type { JSX, TargetedMouseEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { Heading, type Level } from "../parts/heading";
import { useFormPlace } from "./form-context";
import { controlId } from "./ids";
import type { Filling } from "./use-form";

/** Everything that is wrong, each line leading to its field. It takes the focus whenever something was refused. */
export function ErrorSummary({ filling, level }: { filling: Filling; level: Level }): JSX.Element | null {
  const { place } = useFormPlace();
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => summary.current?.focus(), [filling.refusals]);
  const errors = filling.steps.flatMap(({ step, fields }) =>
    fields.flatMap(({ id }) => (filling.errors[id] ?? []).map(({ message, code }) => ({ id, message, code, step: step.id }))),
  );
  if (errors.length === 0 && !filling.message) return null;
  return (
    <div class="error-summary" role="alert" tabIndex={-1} ref={summary}>
      <Heading level={level}>{errors.length > 0 ? "Please check these answers" : "This has not been sent"}</Heading>
      {filling.message && <p>{filling.message}</p>}
      <ul>
        {errors.map(({ id, message, code, step }) => (
          <li key={id + message}>
            {step === filling.place ? (
              <a href={`#${controlId(place, id)}`} onClick={(event) => lead(event, code)}>{message}</a>
            ) : (
              <button class="link-button" type="button" onClick={() => filling.goTo(step)}>{message}</button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Moves the focus to the field, or the part of it, that a line is about, and leaves the address as it is. */
function lead(event: TargetedMouseEvent<HTMLAnchorElement>, code: string): void {
  event.preventDefault();
  const id = event.currentTarget.hash.slice(1);
  const target = document.getElementById(`${id}-${code.split(" ")[0]}`) ?? document.getElementById(id);
  const control = target?.matches("fieldset, div") ? target.querySelector<HTMLElement>("input, select, textarea") : target;
  control?.focus();
}
