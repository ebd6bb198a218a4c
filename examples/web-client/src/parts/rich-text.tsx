import type { JSX } from "preact";

/** Rich text. The API gives clean HTML: a short list of tags, and of attributes only the addresses of links. */
export function RichText({ html, class: more = "" }: { html: string; class?: string }): JSX.Element | null {
  return html ? <div class={`prose ${more}`} dangerouslySetInnerHTML={{ __html: html }} /> : null;
}
