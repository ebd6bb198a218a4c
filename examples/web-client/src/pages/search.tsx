import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

import { listPages } from "../api/client";
import type { PageList } from "../api/types";
import { useData } from "../api/use-data";
import { describeScreen } from "../head";
import { SearchForm } from "../layout/search-form";
import { PageCards } from "../parts/cards";
import { PageTitle } from "../parts/page-title";
import { PhoneLink } from "../parts/phone-link";
import { SEARCH_PATH } from "../screen";
import { useSite } from "../site";

const ON_A_PAGE = 10;

/** The search over all pages. */
export function SearchScreen({ query }: { query: URLSearchParams }): JSX.Element {
  const site = useSite();
  const words = query.get("q")?.trim().slice(0, 200) ?? "";
  const number = Math.max(1, Math.trunc(Number(query.get("page"))) || 1);
  useEffect(() => describeScreen(words ? `Search: ${words}` : "Search", site), [words, site]);
  const search = (): Promise<PageList> => listPages({ q: words, limit: ON_A_PAGE, offset: (number - 1) * ON_A_PAGE });
  const found = useData(() => (words ? search() : Promise.resolve(null)), `${words} ${number}`);
  return (
    <div class="page-body">
      <PageTitle>Search</PageTitle>
      <SearchForm words={words} />
      {words && found.state === "loading" && <p role="status">Searching…</p>}
      {found.state === "failed" && <p role="alert">The search did not answer. Please try again.</p>}
      {found.state === "ready" && found.data && <Results words={words} number={number} list={found.data} />}
    </div>
  );
}

function Results({ words, number, list }: { words: string; number: number; list: PageList }): JSX.Element {
  const site = useSite();
  if (list.total === 0) {
    return (
      <>
        <p role="status">We found nothing for “{words}”.</p>
        <p>Try another word, such as the part of your body that hurts. Or call us and tell us what you need.</p>
        {site.phone && <p><PhoneLink phone={site.phone} /></p>}
      </>
    );
  }
  return (
    <>
      <p role="status">{list.total === 1 ? "1 page" : `${list.total} pages`} found for “{words}”</p>
      <PageCards cards={list.items} level={2} />
      <Pagination words={words} number={number} last={Math.ceil(list.total / ON_A_PAGE)} />
    </>
  );
}

function Pagination({ words, number, last }: { words: string; number: number; last: number }): JSX.Element | null {
  if (last < 2) return null;
  const to = (page: number): string => `${SEARCH_PATH}?${new URLSearchParams({ q: words, page: `${page}` })}`;
  return (
    <nav class="actions" aria-label="Pages of results">
      {number > 1 && <a rel="prev" href={to(number - 1)}>Previous page</a>}
      <span>Page {number} of {last}</span>
      {number < last && <a rel="next" href={to(number + 1)}>Next page</a>}
    </nav>
  );
}
