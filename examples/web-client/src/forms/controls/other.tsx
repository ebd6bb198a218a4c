import type { JSX } from "preact";

import type { Choice } from "../../api/types";
import type { Typed } from "../typed";

interface Props {
  id: string;
  choices: readonly Choice[];
  typed: Typed;
  onType: (typed: Typed) => void;
}

/** The box for one's own words, once the choice that asks for them is made. */
export function OtherBox({ id, choices, typed, onType }: Props): JSX.Element | null {
  const choice = choices.find((each) => each.kind === "other" && typed.chosen.includes(each.id));
  if (!choice) return null;
  return (
    <div class="other">
      <label for={`${id}-other`}>Your answer to “{choice.label}”</label>
      <input
        id={`${id}-other`}
        maxLength={200}
        value={typed.other}
        onInput={(event) => onType({ ...typed, other: event.currentTarget.value })}
      />
    </div>
  );
}
