import type { JSX } from "preact";

import { Heading } from "../parts/heading";
import { LinkTo } from "../parts/link-to";
import { RichText } from "../parts/rich-text";
import type { HeadedProps } from "./props";

/** The one thing to do next. */
export const CtaBlock = ({ value, level }: HeadedProps<"cta">): JSX.Element => (
  <section class="cta">
    <Heading level={level}>{value.heading}</Heading>
    <RichText html={value.text} />
    <LinkTo link={value.link} class="button" />
  </section>
);
