import { createContext } from "preact";
import { useContext } from "preact/hooks";

import type { Form } from "../api/types";

/** The form that a field belongs to, and the beginning of its ids: a form may stand on a page more than once. */
export interface FormPlace {
  form: Form;
  place: string;
}

export const FormContext = createContext<FormPlace | null>(null);

/** Returns the form that a field belongs to, and its place. */
export function useFormPlace(): FormPlace {
  const found = useContext(FormContext);
  if (!found) throw new Error("useFormPlace is for what is drawn inside of a form.");
  return found;
}
