import type { JSX } from "preact";

import type { FieldOf } from "../../api/types";
import { Labelled } from "./labelled";
import type { ControlProps } from "./props";
import { typing } from "./typing";

/** A date, as the browser lets one choose it. */
export function DateControl({ field, errors, ...rest }: ControlProps<FieldOf<"date">>): JSX.Element {
  const today = new Date().toLocaleDateString("sv-SE"); // Swedes write dates as ISO 8601 does.
  const earliest = field.earliest ?? (field.limit === "future" ? today : undefined);
  const latest = field.latest ?? (field.limit === "past" ? today : undefined);
  return (
    <Labelled field={field} errors={errors}>
      {(wiring) => <input {...wiring} {...typing(rest)} type="date" min={earliest} max={latest} />}
    </Labelled>
  );
}
