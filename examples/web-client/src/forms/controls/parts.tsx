import type { JSX } from "preact";

import type { FieldOf } from "../../api/types";
import { isAbout } from "../check";
import { useFormPlace } from "../form-context";
import { partsOf, type Part } from "../schema";
import { Grouped } from "./labelled";
import type { ControlProps } from "./props";

const AUTOCOMPLETE: Record<string, string> = {
  prefix: "honorific-prefix",
  first: "given-name",
  middle: "additional-name",
  last: "family-name",
  preferred: "nickname",
  street: "address-line1",
  line2: "address-line2",
  city: "address-level2",
  state: "address-level1",
  zip: "postal-code",
};

type Props = ControlProps<FieldOf<"name"> | FieldOf<"address">>;

/** A name or an address: a line for each of its parts, which the schema of the answers names. */
export function PartsControl(props: Props): JSX.Element {
  const { form } = useFormPlace();
  const { field, errors } = props;
  const parts = partsOf(form, field.id);
  const ofTheWhole = errors.filter((error) => !parts.some(({ name }) => isAbout(error, name)));
  return (
    <Grouped field={field} errors={ofTheWhole}>
      {({ id }) => (
        <div class="parts">
          {parts.map((part) => <PartInput key={part.name} {...props} part={part} id={`${id}-${part.name}`} />)}
        </div>
      )}
    </Grouped>
  );
}

function PartInput({ field, typed, errors, onType, part, id }: Props & { part: Part; id: string }): JSX.Element {
  const own = errors.filter((error) => isAbout(error, part.name));
  const isNeeded = field.required && part.isNeeded;
  return (
    <div class={own.length > 0 ? "field--wrong" : undefined}>
      <label for={id}>{part.title}{isNeeded && <span class="field__required"> required</span>}</label>
      {own.length > 0 && <p class="field__error" id={`${id}-error`}>{own.map(({ message }) => message).join(" ")}</p>}
      <input
        id={id}
        required={isNeeded}
        aria-invalid={own.length > 0 || undefined}
        aria-describedby={own.length > 0 ? `${id}-error` : undefined}
        autocomplete={AUTOCOMPLETE[part.name]}
        maxLength={part.maxLength}
        value={typed.parts[part.name] ?? ""}
        onInput={({ currentTarget: { value } }) => onType({ ...typed, parts: { ...typed.parts, [part.name]: value } })}
      />
    </div>
  );
}
