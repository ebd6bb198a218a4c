import type { JSX } from "preact";

import { below, Heading } from "../parts/heading";
import type { HeadedProps } from "./props";

/** A heading: the editor chooses one of two levels, which are moved down where the stream is in a section. */
export const HeadingBlock = ({ value, level }: HeadedProps<"heading">): JSX.Element => (
  <Heading level={value.level === "h2" ? level : below(level)}>{value.text}</Heading>
);
