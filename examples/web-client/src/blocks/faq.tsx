import type { JSX } from "preact";

import { FaqItem } from "../parts/faq-item";
import { Heading } from "../parts/heading";
import type { HeadedProps } from "./props";

/** Questions and answers. */
export const FaqBlock = ({ value, level }: HeadedProps<"faq">): JSX.Element => (
  <section>
    {value.heading && <Heading level={level}>{value.heading}</Heading>}
    {value.items.map((item) => <FaqItem key={item.question} {...item} />)}
  </section>
);
