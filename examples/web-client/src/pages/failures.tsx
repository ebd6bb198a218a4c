import type { JSX } from "preact";
import { useContext, useEffect } from "preact/hooks";

import { describeScreen } from "../head";
import { SearchForm } from "../layout/search-form";
import { SiteContext } from "../site";

/** What is shown where there is no page. */
export function MissingScreen(): JSX.Element {
  useTitle("Page not found");
  return (
    <div class="page-body">
      <h1>We cannot find this page</h1>
      <p>It may have moved, or the address may have a mistake in it.</p>
      <SearchForm />
      <p><a href="/">Go to the home page</a></p>
    </div>
  );
}

/** What is shown where the API did not answer. */
export function FailedScreen({ tryAgain }: { tryAgain: () => void }): JSX.Element {
  useTitle("Something went wrong");
  return (
    <div class="page-body" role="alert">
      <h1>This page could not be loaded</h1>
      <p>Your connection may be down, or our website is busy.</p>
      <button class="button" type="button" onClick={tryAgain}>Try again</button>
    </div>
  );
}

function useTitle(title: string): void {
  const site = useContext(SiteContext);
  useEffect(() => {
    if (site) describeScreen(title, site);
  }, [title, site]);
}
