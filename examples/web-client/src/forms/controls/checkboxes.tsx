import type { JSX } from "preact";

import type { Choice, FieldOf } from "../../api/types";
import { Grouped } from "./labelled";
import { OtherBox } from "./other";
import type { ControlProps } from "./props";

type AnyOf = FieldOf<"checkboxes"> | FieldOf<"days_of_week"> | FieldOf<"times_of_day"> | FieldOf<"body_area">;

/** Any number of choices, all in view. */
export function CheckboxesControl({ field, typed, errors, onType }: ControlProps<AnyOf>): JSX.Element {
  return (
    <Grouped field={field} errors={errors}>
      {({ id, required: _one, ...wiring }) => (
        <div class="choices">
          {field.choices.map((choice, index) => (
            <label key={choice.id} class="choice">
              <input
                {...wiring}
                id={`${id}-${index}`}
                type="checkbox"
                checked={typed.chosen.includes(choice.id)}
                onChange={() => onType({ ...typed, chosen: toggled(field.choices, typed.chosen, choice) })}
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

/** Returns the ids chosen once one is clicked: a choice such as "None of these" stands alone. */
function toggled(choices: readonly Choice[], chosen: readonly string[], clicked: Choice): string[] {
  if (chosen.includes(clicked.id)) return chosen.filter((id) => id !== clicked.id);
  if (clicked.kind === "none") return [clicked.id];
  const alone = choices.filter(({ kind }) => kind === "none").map(({ id }) => id);
  return [...chosen.filter((id) => !alone.includes(id)), clicked.id];
}
