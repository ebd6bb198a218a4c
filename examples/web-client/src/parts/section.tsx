import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";

interface Props {
  heading: string;
  /** Where links in the page lead. */
  id?: string;
  class?: string;
  children: ComponentChildren;
}

/** A part of a page that is named by its heading. */
export function Section({ heading, id, class: more = "", children }: Props): JSX.Element {
  const headingId = useId();
  return (
    <section id={id} class={`section ${more}`} aria-labelledby={headingId}>
      <h2 id={headingId}>{heading}</h2>
      {children}
    </section>
  );
}
