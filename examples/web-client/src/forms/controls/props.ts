import type { Field } from "../../api/types";
import type { FieldError } from "../check";
import type { Typed } from "../typed";

export interface ControlProps<Kind extends Field> {
  field: Kind;
  typed: Typed;
  errors: readonly FieldError[];
  onType: (typed: Typed) => void;
}

/** A field that asks something. */
export type Question = Extract<Field, { label: string; help_text: string; required: boolean }>;
