// Answers that the address brings along, for the questions whose editor allows it: ?clinic=32 chooses a clinic.

import type { Field, Form } from "../api/types";
import { NOTHING, type Typed, type TypedById } from "./typed";

/** Returns what the parameters of an address fill in. The reader sees it and can change it. */
export function prefilled(form: Form, query: URLSearchParams): TypedById {
  const found: Record<string, Typed> = {};
  for (const field of form.steps.flatMap(({ fields }) => fields)) {
    const values = "query_parameter" in field && field.query_parameter ? query.getAll(field.query_parameter) : [];
    if (values.length > 0) found[field.id] = typedFrom(field, values);
  }
  return found;
}

function typedFrom(field: Field, values: readonly string[]): Typed {
  if (!("choices" in field)) return { ...NOTHING, text: values[0] ?? "" };
  const fitting = field.choices.filter(({ id, kind, value }) => {
    return kind !== "other" && (values.includes(id) || (value !== "" && values.includes(value)));
  });
  const ids = fitting.map(({ id }) => id);
  const takesMany = field.type === "checkboxes" || field.type === "body_area";
  return { ...NOTHING, chosen: takesMany ? ids : ids.slice(0, 1) };
}
