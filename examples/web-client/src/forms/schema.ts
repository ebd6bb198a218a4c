// What the form's `answers_schema` (JSON Schema) tells of a field with parts: which there are, and which are needed.

import type { Form } from "../api/types";

export interface Part {
  name: string;
  title: string;
  maxLength: number;
  isNeeded: boolean;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const objectAt = (value: Json, key: string): Json => {
  const found = value[key];
  return isObject(found) ? found : {};
};

/** Returns the parts of the answer to a field, such as the street and the city of an address. */
export function partsOf(form: Form, fieldId: string): Part[] {
  const schema = objectAt(objectAt(form.answers_schema, "properties"), fieldId);
  const needed: unknown = schema["required"];
  return Object.entries(objectAt(schema, "properties")).map(([name, part]) => {
    const { title, maxLength } = isObject(part) ? { title: part["title"], maxLength: part["maxLength"] } : {};
    return {
      name,
      title: typeof title === "string" ? title : name,
      maxLength: typeof maxLength === "number" ? maxLength : 200,
      isNeeded: Array.isArray(needed) && needed.includes(name),
    };
  });
}
