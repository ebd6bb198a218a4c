import type { Block, BlockValue } from "../api/types";
import type { Level } from "../parts/heading";

export interface ValueProps<Type extends Block["type"]> {
  value: BlockValue<Type>;
}

/** The properties of a block with a heading: `level` is that of the sections around it. */
export interface HeadedProps<Type extends Block["type"]> extends ValueProps<Type> {
  level: Level;
}
