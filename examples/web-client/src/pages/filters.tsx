import type { JSX } from "preact";
import { useId } from "preact/hooks";

import type { Card, PageList, StaffCard } from "../api/types";
import { useData } from "../api/use-data";
import { PageCards, StaffCards } from "../parts/cards";
import { submitAsQuery } from "../router";

export interface Filter {
  name: string;
  label: string;
  choices: { value: string; label: string }[];
}

interface FormProps {
  path: string;
  label: string;
  filters: Filter[];
  query: URLSearchParams;
}

/** What a list can be narrowed by. The choice stands in the address, so that Back and a link bring it again. */
export function FilterForm({ path, label, filters, query }: FormProps): JSX.Element {
  const id = useId();
  return (
    <form class="filters" key={query.toString()} action={path} aria-label={label} onSubmit={submitAsQuery}>
      {filters.map((filter) => (
        <div key={filter.name}>
          <label for={`${id}-${filter.name}`}>{filter.label}</label>
          <select id={`${id}-${filter.name}`} name={filter.name}>
            <option value="">Any</option>
            {filter.choices.map(({ value, label: words }) => (
              <option key={value} value={value} selected={query.get(filter.name) === value}>{words}</option>
            ))}
          </select>
        </div>
      ))}
      <button class="button button--quiet" type="submit">Show</button>
    </form>
  );
}

interface FilteredProps {
  load: () => Promise<PageList>;
  query: URLSearchParams;
  /** Where everything is shown again. */
  all: string;
  heading: string;
}

/** The pages that fit the filters in the address. */
export function Filtered({ load, query, all, heading }: FilteredProps): JSX.Element {
  const list = useData(load, query.toString());
  if (list.state === "loading") return <p role="status">Loading…</p>;
  if (list.state === "failed") return <p role="alert">This list could not be loaded. <a href={all}>Show all</a></p>;
  const { total, items } = list.data;
  return (
    <section aria-label={heading}>
      <p role="status">{total === 1 ? "1 found" : `${total} found`}. <a href={all}>Show all</a></p>
      {items.every(isPerson) ? <StaffCards cards={items} level={2} /> : <PageCards cards={items} level={2} />}
    </section>
  );
}

const isPerson = (card: Card): card is StaffCard => card.type === "StaffProfilePage";
