import { loadPage, Refusal } from "./api/client";
import type { Page } from "./api/types";

export const SEARCH_PATH = "/search/";
export const PREVIEW_PATH = "/preview/";

/** What belongs to an address. */
export type Screen =
  | { kind: "page"; page: Page }
  | { kind: "redirect"; location: string }
  | { kind: "search" }
  | { kind: "preview" }
  | { kind: "missing" }
  | { kind: "failed" };

/** Returns what belongs to a path. */
export async function loadScreen(path: string): Promise<Screen> {
  if (path === SEARCH_PATH) return { kind: "search" };
  if (path === PREVIEW_PATH) return { kind: "preview" };
  try {
    const answer = await loadPage(path);
    if (answer.type !== "Redirect") return { kind: "page", page: answer };
    return { kind: "redirect", location: answer.page?.path ?? answer.location };
  } catch (reason) {
    return { kind: reason instanceof Refusal && reason.status === 404 ? "missing" : "failed" };
  }
}
