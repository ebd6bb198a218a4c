import type { JSX } from "preact";

import { nothingFor } from "../parts/never";
import type { Screen } from "../screen";
import { FailedScreen, MissingScreen } from "./failures";
import { PageView } from "./page-view";
import { SearchScreen } from "./search";

interface Props {
  /** A preview draws for itself what stands around it. */
  screen: Exclude<Screen, { kind: "preview" }>;
  query: URLSearchParams;
  tryAgain: () => void;
}

/** What belongs to an address, drawn. */
export function ScreenView({ screen, query, tryAgain }: Props): JSX.Element | null {
  switch (screen.kind) {
    case "page":
      // The key has a page start afresh: what was typed on another is not carried along.
      return <PageView key={screen.page.id} page={screen.page} query={query} />;
    case "search":
      return <SearchScreen query={query} />;
    case "missing":
      return <MissingScreen />;
    case "failed":
      return <FailedScreen tryAgain={tryAgain} />;
    case "redirect":
      return null;
    default:
      return nothingFor(screen);
  }
}
