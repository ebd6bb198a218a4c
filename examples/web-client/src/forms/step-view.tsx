import type { JSX } from "preact";

import type { Level } from "../parts/heading";
import { RichText } from "../parts/rich-text";
import { FieldView } from "./field-view";
import { typedIn } from "./typed";
import type { Filling, ShownStep } from "./use-form";

interface Props {
  shown: ShownStep;
  filling: Filling;
  level: Level;
}

/** One step: the questions that are asked at one time. */
export function StepView({ shown: { step, fields }, filling, level }: Props): JSX.Element {
  const Tag = `h${level}` as const;
  return (
    <fieldset class="step">
      <legend><Tag class="step__title" tabIndex={-1}>{step.title}</Tag></legend>
      <RichText html={step.introduction} />
      <div class="fields">
        {fields.map((field) => (
          <FieldView
            key={field.id}
            field={field}
            typed={typedIn(filling.typed, field.id)}
            errors={filling.errors[field.id] ?? []}
            onType={(typed) => filling.type(field.id, typed)}
          />
        ))}
      </div>
    </fieldset>
  );
}
