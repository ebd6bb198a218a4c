import type { TargetedInputEvent } from "preact";

import type { ControlProps, Question } from "./props";

interface Typing {
  value: string;
  onInput: (event: TargetedInputEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
}

/** Returns what keeps an input of text and what is known of it the same. */
export const typing = ({ typed, onType }: Pick<ControlProps<Question>, "typed" | "onType">): Typing => ({
  value: typed.text,
  onInput: (event) => onType({ ...typed, text: event.currentTarget.value }),
});
