import type { JSX } from "preact";

import type { FieldOf } from "../../api/types";
import { Labelled } from "./labelled";
import type { ControlProps } from "./props";
import { typing } from "./typing";

// What the server takes at most where the editor sets no limit.
const LONGEST_LINE = 200;
const LONGEST_TEXT = 5000;

/** A line of text; a mask says its form, "A" for a letter and "#" for a digit. */
export function SingleLineControl({ field, errors, ...rest }: ControlProps<FieldOf<"single_line">>): JSX.Element {
  const hint = field.mask && `Write it as ${field.mask}: A for a letter, # for a digit.`;
  const longest = field.max_length ?? LONGEST_LINE;
  return (
    <Labelled field={field} errors={errors} hint={hint}>
      {(wiring) => (
        <input {...wiring} {...typing(rest)} maxLength={longest} autocomplete={field.autocomplete ?? undefined} />
      )}
    </Labelled>
  );
}

/** An e-mail address. */
export const EmailControl = ({ field, errors, ...rest }: ControlProps<FieldOf<"email">>): JSX.Element => (
  <Labelled field={field} errors={errors}>
    {(wiring) => <input {...wiring} {...typing(rest)} type="email" autocomplete="email" maxLength={254} />}
  </Labelled>
);

/** A phone number, in any way people write it. */
export const PhoneControl = ({ field, errors, ...rest }: ControlProps<FieldOf<"phone">>): JSX.Element => (
  <Labelled field={field} errors={errors}>
    {(wiring) => <input {...wiring} {...typing(rest)} type="tel" autocomplete="tel" maxLength={40} />}
  </Labelled>
);

/** Several lines of text. */
export const MultiLineControl = ({ field, errors, ...rest }: ControlProps<FieldOf<"multi_line">>): JSX.Element => (
  <Labelled field={field} errors={errors}>
    {(wiring) => <textarea {...wiring} {...typing(rest)} rows={5} maxLength={field.max_length ?? LONGEST_TEXT} />}
  </Labelled>
);

/** A number, typed as text: an input of the type number keeps what is none to itself, and nobody could say so. */
export const NumberControl = ({ field, errors, ...rest }: ControlProps<FieldOf<"number">>): JSX.Element => (
  <Labelled field={field} errors={errors}>
    {(wiring) => <input {...wiring} {...typing(rest)} inputMode={field.whole ? "numeric" : "decimal"} maxLength={20} />}
  </Labelled>
);
