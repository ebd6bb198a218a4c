import { createContext } from "preact";
import { useContext } from "preact/hooks";

import type { Site } from "./api/types";

export const SiteContext = createContext<Site | null>(null);

/** Returns what stands around every page. */
export function useSite(): Site {
  const site = useContext(SiteContext);
  if (!site) throw new Error("useSite is for what is drawn inside of the site's layout.");
  return site;
}
