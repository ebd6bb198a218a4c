import type { JSX } from "preact";

import type { FieldOf } from "../../api/types";
import { isAbout } from "../check";
import { Grouped } from "./labelled";
import type { ControlProps } from "./props";

const BOXES = [
  { name: "month", label: "Month", longest: 2 },
  { name: "day", label: "Day", longest: 2 },
  { name: "year", label: "Year", longest: 4 },
] as const;

/** A date of birth in three boxes: quicker to type than to find in a calendar. */
export function DateOfBirthControl({ field, typed, errors, onType }: ControlProps<FieldOf<"date_of_birth">>): JSX.Element {
  const isNamed = (name: string): boolean => errors.some((error) => isAbout(error, name));
  return (
    <Grouped field={field} errors={errors}>
      {({ id, "aria-invalid": isWrong, ...wiring }) => (
        <div class="boxes">
          {BOXES.map(({ name, label, longest }) => (
            <div key={name}>
              <label for={`${id}-${name}`}>{label}</label>
              <input
                {...wiring}
                aria-invalid={isWrong && (isNamed(name) || !BOXES.some((box) => isNamed(box.name)) || undefined)}
                id={`${id}-${name}`}
                inputMode="numeric"
                autocomplete={`bday-${name}`}
                maxLength={longest}
                size={longest}
                value={typed.parts[name] ?? ""}
                onInput={(event) => onType({ ...typed, parts: { ...typed.parts, [name]: event.currentTarget.value } })}
              />
            </div>
          ))}
        </div>
      )}
    </Grouped>
  );
}
