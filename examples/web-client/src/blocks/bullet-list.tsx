import type { JSX } from "preact";

import type { ValueProps } from "./props";

/** A list with bullets, numbers or ticks; its items are rich text. */
export function BulletListBlock({ value }: ValueProps<"bullet_list">): JSX.Element {
  const Tag = value.style === "number" ? "ol" : "ul";
  return (
    <Tag class={`prose list list--${value.style}`}>
      {value.items.map((html, index) => <li key={index} dangerouslySetInnerHTML={{ __html: html }} />)}
    </Tag>
  );
}
