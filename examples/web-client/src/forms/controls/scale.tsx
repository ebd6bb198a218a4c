import type { JSX } from "preact";

import type { FieldOf } from "../../api/types";
import { Grouped } from "./labelled";
import type { ControlProps } from "./props";

/** A number between two ends, such as how bad a pain is. */
export function ScaleControl({ field, typed, errors, onType }: ControlProps<FieldOf<"scale">>): JSX.Element {
  const lowest = field.lowest ?? 0;
  const highest = field.highest ?? 10;
  const numbers = Array.from({ length: highest - lowest + 1 }, (_each, index) => `${lowest + index}`);
  return (
    <Grouped field={field} errors={errors} hint={`${lowest}: ${field.low_label}. ${highest}: ${field.high_label}.`}>
      {({ id, ...wiring }) => (
        <div class="scale">
          {numbers.map((number) => (
            <label key={number} class="scale__step">
              <input
                {...wiring}
                id={`${id}-${number}`}
                type="radio"
                name={id}
                checked={typed.text === number}
                onChange={() => onType({ ...typed, text: number })}
              />
              {number}
            </label>
          ))}
        </div>
      )}
    </Grouped>
  );
}
