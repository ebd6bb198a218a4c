import type { ComponentChildren, JSX } from "preact";

/** The main heading of a page, and the sentence under it. */
export function PageTitle({ children, lead }: { children: ComponentChildren; lead?: string }): JSX.Element {
  return (
    <header class="page-title">
      <h1>{children}</h1>
      {lead && <p class="lead">{lead}</p>}
    </header>
  );
}
