import type { JSX } from "preact";

import { listPages } from "../api/client";
import type { PageLink, StaffIndexPage } from "../api/types";
import { StaffCards } from "../parts/cards";
import { PageTitle } from "../parts/page-title";
import { Filtered, FilterForm, type Filter } from "./filters";

interface Props {
  page: StaffIndexPage;
  query: URLSearchParams;
}

const ofPages = (pages: PageLink[]): Filter["choices"] => pages.map(({ id, title }) => ({ value: `${id}`, label: title }));

/** Everybody who works at the clinic, or those who fit the filters. */
export function StaffIndexView({ page, query }: Props): JSX.Element {
  const { roles, locations, conditions } = page.filters;
  const filters: Filter[] = [
    { name: "role", label: "Role", choices: roles.map(({ slug, name }) => ({ value: slug, label: name })) },
    { name: "location", label: "Location", choices: ofPages(locations) },
    { name: "condition", label: "Treats", choices: ofPages(conditions) },
  ];
  const isFiltered = filters.some(({ name }) => query.get(name));
  return (
    <>
      <PageTitle lead={page.introduction}>{page.title}</PageTitle>
      <FilterForm path={page.path} label="Filter the staff" filters={filters} query={query} />
      {isFiltered ? (
        <Filtered load={() => matching(page, query)} query={query} all={page.path} heading="Staff" />
      ) : (
        <StaffCards cards={page.profiles} level={2} />
      )}
    </>
  );
}

function matching(page: StaffIndexPage, query: URLSearchParams): ReturnType<typeof listPages> {
  const role = query.get("role");
  const location = Number(query.get("location"));
  const condition = Number(query.get("condition"));
  return listPages({
    type: "StaffProfilePage",
    ancestor: page.id,
    limit: 100,
    ...(role && { role }),
    ...(location && { location }),
    ...(condition && { condition }),
  });
}
