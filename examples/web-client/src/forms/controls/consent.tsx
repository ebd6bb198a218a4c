import type { JSX } from "preact";

import type { FieldOf } from "../../api/types";
import { Grouped } from "./labelled";
import type { ControlProps } from "./props";

/** An agreement: the words agreed to stand beside the box. */
export const ConsentControl = ({ field, typed, errors, onType }: ControlProps<FieldOf<"consent">>): JSX.Element => (
  <Grouped field={field} errors={errors}>
    {({ id, ...wiring }) => (
      <label class="choice">
        <input
          {...wiring}
          id={`${id}-box`}
          type="checkbox"
          checked={typed.chosen.length > 0}
          onChange={({ currentTarget: { checked } }) => onType({ ...typed, chosen: checked ? ["agreed"] : [] })}
        />
        {field.statement}
      </label>
    )}
  </Grouped>
);
