import type { ComponentChildren, JSX } from "preact";

export type Level = 2 | 3 | 4 | 5;

interface Props {
  level: Level;
  id?: string;
  class?: string;
  children: ComponentChildren;
}

/** A heading of the level that fits where it stands. */
export function Heading({ level, ...rest }: Props): JSX.Element {
  const Tag = `h${level}` as const;
  return <Tag {...rest} />;
}

/** Returns the level under `level`; 5 is the deepest. */
export const below = (level: Level): Level => Math.min(level + 1, 5) as Level;

/** Returns the level of the heading of a panel, such as a warning, among sections with headings of `level`. */
export const inPanel = (level: Level): Level => Math.max(level, 3) as Level;
