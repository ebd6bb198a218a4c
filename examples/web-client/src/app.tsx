import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { loadSite } from "./api/client";
import { useData } from "./api/use-data";
import { Layout } from "./layout/layout";
import { FailedScreen } from "./pages/failures";
import { ScreenView } from "./pages/screen-view";
import { PreviewScreen } from "./preview/preview-screen";
import { navigate, scrollToPlace, useAddress, type Address } from "./router";
import { loadScreen, type Screen } from "./screen";
import { SiteContext } from "./site";

/** The whole front end: what stands around every page, and in it what belongs to the address. */
export function App(): JSX.Element {
  const [attempt, setAttempt] = useState(0);
  const site = useData(loadSite, `site ${attempt}`);
  if (site.state === "failed") {
    return (
      <main class="wrap">
        <FailedScreen tryAgain={() => setAttempt(attempt + 1)} />
      </main>
    );
  }
  if (site.state === "loading") return <p class="wait" role="status">Loading…</p>;
  return (
    <SiteContext.Provider value={site.data}>
      <Content />
    </SiteContext.Provider>
  );
}

function Content(): JSX.Element {
  const address = useAddress();
  const [attempt, setAttempt] = useState(0);
  const loaded = useData(() => loadScreen(address.path), `${address.path} ${attempt}`);
  const shown = useRef<{ screen: Screen; address: Address } | null>(null);
  // What was there stays until what comes next is there: a page that goes blank in between would flicker.
  if (loaded.state === "ready" && loaded.data.kind !== "redirect") shown.current = { screen: loaded.data, address };
  useArrival(loaded.state === "ready" ? loaded.data : null, address.query.toString());
  const { screen, address: { query, hash } } = shown.current ?? { screen: null, address };
  if (screen?.kind === "preview") return <PreviewScreen hash={hash} query={query} />;
  return (
    <Layout page={screen?.kind === "page" ? screen.page : null}>
      {loaded.state === "loading" && <p class="wait" role="status">Loading…</p>}
      {screen && <ScreenView screen={screen} query={query} tryAgain={() => setAttempt(attempt + 1)} />}
    </Layout>
  );
}

/** Follows a redirect; else scrolls, and moves the focus to the main heading, as a browser does with a new page. */
function useArrival(screen: Screen | null, query: string): void {
  const arrivedAt = useRef<Screen | null>(null);
  useEffect(() => {
    if (!screen) return;
    if (screen.kind === "redirect") {
      if (screen.location.startsWith("/")) navigate(screen.location, { replace: true });
      else location.replace(screen.location);
      return;
    }
    const isOther = arrivedAt.current !== null && arrivedAt.current !== screen;
    if (isOther) {
      const heading = document.querySelector<HTMLElement>("main h1");
      heading?.setAttribute("tabindex", "-1");
      heading?.focus({ preventScroll: true });
    }
    arrivedAt.current = screen;
    scrollToPlace();
  }, [screen, query]);
}
