import type { JSX } from "preact";

import { below, Heading, type Level } from "../parts/heading";
import { wordsOf } from "./answers";
import { typedIn } from "./typed";
import type { Filling } from "./use-form";

/** All answers, for reading them over before they are sent. */
export function Review({ filling, level }: { filling: Filling; level: Level }): JSX.Element {
  const Tag = `h${level}` as const;
  return (
    <section>
      <Tag class="step__title" tabIndex={-1}>Check your answers</Tag>
      <p>Is everything as you want to send it? You can still change each answer.</p>
      {filling.steps.map(({ step, fields }) => (
        <section key={step.id}>
          <Heading level={below(level)}>{step.title}</Heading>
          <dl class="review">
            {fields.map((field) => "label" in field && field.type !== "hidden" && (
              <div key={field.id}>
                <dt>{field.label}</dt>
                <dd>{wordsOf(field, typedIn(filling.typed, field.id)) || <span class="soft">Not answered</span>}</dd>
              </div>
            ))}
          </dl>
          <button class="link-button" type="button" onClick={() => filling.goTo(step.id)}>
            Change <span class="visually-hidden">“{step.title}”</span>
          </button>
        </section>
      ))}
    </section>
  );
}
