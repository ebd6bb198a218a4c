import type { JSX } from "preact";

import type { Page } from "../api/types";

/** Where the reader is; the home page has none. */
export function Breadcrumbs({ page }: { page: Page }): JSX.Element | null {
  if (page.breadcrumbs.length === 0) return null;
  return (
    <nav class="breadcrumbs" aria-label="Breadcrumb">
      <ol>
        {page.breadcrumbs.map((link, index) => (
          <li key={link.id}><a href={link.path}>{index === 0 ? "Home" : link.title}</a></li>
        ))}
        <li aria-current="page">{page.title}</li>
      </ol>
    </nav>
  );
}
