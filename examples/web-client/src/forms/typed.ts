// What a reader has typed or chosen so far in each field, before it is made into the answers that the API takes.

import type { KeptFile } from "../api/types";

/** What is in one field; each type of field uses the part that it needs. */
export interface Typed {
  text: string;
  parts: Readonly<Record<string, string>>;
  chosen: readonly string[];
  /** What was written beside the choice that asks for one's own words. */
  other: string;
  files: readonly KeptFile[];
}

export const NOTHING: Typed = { text: "", parts: {}, chosen: [], other: "", files: [] };

/** What is in each field, by field id. */
export type TypedById = Readonly<Record<string, Typed>>;

/** Returns what is in a field. */
export const typedIn = (all: TypedById, id: string): Typed => all[id] ?? NOTHING;
