import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import type { Sent } from "../api/types";
import type { Level } from "../parts/heading";
import { RichText } from "../parts/rich-text";

/** What is said once a form has arrived. */
export function Confirmation({ sent, level }: { sent: Sent; level: Level }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  const Tag = `h${level}` as const;
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="callout confirmation">
      <Tag ref={heading} tabIndex={-1}>{sent.confirmation_title}</Tag>
      <p>Your reference number <strong class="confirmation__reference">{sent.reference}</strong></p>
      {sent.promise && <p>{sent.promise}</p>}
      <RichText html={sent.confirmation_text} />
    </section>
  );
}
