import type { JSX } from "preact";
import { useId } from "preact/hooks";

import { submitAsQuery } from "../router";
import { SEARCH_PATH } from "../screen";

/** The site's search; `words` are those searched for before. */
export function SearchForm({ words = "" }: { words?: string }): JSX.Element {
  const id = useId();
  return (
    <form class="search-form" role="search" action={SEARCH_PATH} onSubmit={submitAsQuery}>
      <label class="visually-hidden" for={id}>Search this site</label>
      <input key={words} id={id} type="search" name="q" defaultValue={words} maxLength={200} placeholder="Search" />
      <button class="button button--quiet" type="submit">Search</button>
    </form>
  );
}
