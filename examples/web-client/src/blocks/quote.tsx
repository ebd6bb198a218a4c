import type { JSX } from "preact";

import type { ValueProps } from "./props";

/** What somebody said. */
export const QuoteBlock = ({ value }: ValueProps<"quote">): JSX.Element => (
  <figure class="quote">
    <blockquote><p>{value.text}</p></blockquote>
    {value.attribution && (
      <figcaption>{value.attribution}{value.role && `, ${value.role}`}</figcaption>
    )}
  </figure>
);
