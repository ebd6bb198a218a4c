import type { JSX } from "preact";

import type { FieldError } from "../check";
import { useFormPlace } from "../form-context";
import { controlId } from "../ids";
import type { Question } from "./props";

/** What a control needs to know of the words around it. */
export interface Wiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  required: boolean;
}

interface Props {
  field: Question;
  errors: readonly FieldError[];
  hint?: string;
  children: (wiring: Wiring) => JSX.Element | JSX.Element[];
}

/** A question with one control: its label, its hint, and what is wrong with it. */
export function Labelled({ field, errors, hint, children }: Props): JSX.Element {
  const { place } = useFormPlace();
  const id = controlId(place, field.id);
  return (
    <div class={classOf(field, errors)}>
      <label class="field__label" for={id}>{field.label}<Required field={field} /></label>
      <Messages id={id} field={field} errors={errors} hint={hint} />
      {children(wiringOf(id, field, errors, hint))}
    </div>
  );
}

/** A question with several controls: its label stands as the legend of them all. */
export function Grouped({ field, errors, hint, children }: Props): JSX.Element {
  const { place } = useFormPlace();
  const id = controlId(place, field.id);
  const { "aria-describedby": describedBy, ...wiring } = wiringOf(id, field, errors, hint);
  return (
    <fieldset class={classOf(field, errors)} id={id} aria-describedby={describedBy}>
      <legend class="field__label">{field.label}<Required field={field} /></legend>
      <Messages id={id} field={field} errors={errors} hint={hint} />
      {children({ ...wiring, "aria-describedby": errors.length > 0 ? `${id}-error` : undefined })}
    </fieldset>
  );
}

const classOf = ({ width }: Question, errors: readonly FieldError[]): string =>
  `field field--${width ?? "wide"} ${errors.length > 0 ? "field--wrong" : ""}`;

const Required = ({ field }: { field: Question }): JSX.Element | null =>
  field.required ? <span class="field__required"> required</span> : null;

function wiringOf(id: string, field: Question, errors: readonly FieldError[], hint = ""): Wiring {
  const describing = [field.help_text || hint ? `${id}-hint` : "", errors.length > 0 ? `${id}-error` : ""];
  return {
    id,
    "aria-describedby": describing.filter(Boolean).join(" ") || undefined,
    "aria-invalid": errors.length > 0 || undefined,
    required: field.required,
  };
}

interface MessagesProps {
  id: string;
  field: Question;
  errors: readonly FieldError[];
  hint: string | undefined;
}

function Messages({ id, field, errors, hint }: MessagesProps): JSX.Element {
  const words = [field.help_text, hint].filter(Boolean).join(" ");
  return (
    <>
      {words && <p class="field__hint" id={`${id}-hint`}>{words}</p>}
      {errors.length > 0 && <p class="field__error" id={`${id}-error`}>{errors.map(({ message }) => message).join(" ")}</p>}
    </>
  );
}
