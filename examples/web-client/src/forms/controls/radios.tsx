import type { JSX } from "preact";

import type { FieldOf } from "../../api/types";
import { Grouped } from "./labelled";
import { OtherBox } from "./other";
import type { ControlProps } from "./props";

type OneOfFew = FieldOf<"radios"> | FieldOf<"patient_type"> | FieldOf<"location">;

/** One of a few choices, all in view. */
export function RadiosControl({ field, typed, errors, onType }: ControlProps<OneOfFew>): JSX.Element {
  return (
    <Grouped field={field} errors={errors}>
      {({ id, ...wiring }) => (
        <div class="choices">
          {field.choices.map((choice, index) => (
            <label key={choice.id} class="choice">
              <input
                {...wiring}
                id={`${id}-${index}`}
                type="radio"
                name={id}
                checked={typed.chosen.includes(choice.id)}
                onChange={() => onType({ ...typed, chosen: [choice.id] })}
              />
              {choice.label}
            </label>
          ))}
          <OtherBox id={id} choices={field.choices} typed={typed} onType={onType} />
        </div>
      )}
    </Grouped>
  );
}
