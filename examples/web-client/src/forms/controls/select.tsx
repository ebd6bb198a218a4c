import type { JSX } from "preact";

import type { FieldOf } from "../../api/types";
import { Labelled } from "./labelled";
import { OtherBox } from "./other";
import type { ControlProps } from "./props";

/** One of many choices, in a list that opens. */
export function SelectControl({ field, typed, errors, onType }: ControlProps<FieldOf<"select"> | FieldOf<"clinician">>): JSX.Element {
  const [chosen = ""] = typed.chosen;
  return (
    <Labelled field={field} errors={errors}>
      {(wiring) => (
        <>
          <select
            {...wiring}
            value={chosen}
            onChange={({ currentTarget: { value } }) => onType({ ...typed, chosen: value ? [value] : [] })}
          >
            <option value="">Choose…</option>
            {field.choices.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}
          </select>
          <OtherBox id={wiring.id} choices={field.choices} typed={typed} onType={onType} />
        </>
      )}
    </Labelled>
  );
}
