import type { JSX } from "preact";

import type { Link } from "../api/types";

interface Props {
  link: Link;
  current?: "page" | "true" | undefined;
  class?: string;
}

/** A link that an editor has set; nothing where it leads nowhere, as to a page that is not public any more. */
export function LinkTo({ link, current, class: name }: Props): JSX.Element | null {
  const href = link.page?.path ?? link.document?.url ?? link.url;
  const text = link.text || link.page?.title || link.document?.title;
  return href && text ? <a class={name} href={href} aria-current={current}>{text}</a> : null;
}
