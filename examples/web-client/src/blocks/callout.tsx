import type { JSX } from "preact";

import { inPanel, Heading } from "../parts/heading";
import { RichText } from "../parts/rich-text";
import type { HeadedProps } from "./props";

/** A note that stands out from the text. */
export const CalloutBlock = ({ value, level }: HeadedProps<"callout">): JSX.Element => (
  <section class="callout">
    <Heading level={inPanel(level)}>{value.title}</Heading>
    <RichText html={value.text} />
  </section>
);
