import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

import type { Page } from "../api/types";
import { describePage } from "../head";
import { nothingFor } from "../parts/never";
import { useSite } from "../site";
import { ConditionView } from "./condition";
import { ConditionIndexView } from "./condition-index";
import { ContentView } from "./content";
import { FormPageView } from "./form-page";
import { HomeView } from "./home";
import { LocationView } from "./location";
import { StaffIndexView } from "./staff-index";
import { StaffProfileView } from "./staff-profile";

interface Props {
  page: Page;
  query: URLSearchParams;
}

/** A page of the clinic, with its title and what search engines are told of it. */
export function PageView({ page, query }: Props): JSX.Element | null {
  const site = useSite();
  useEffect(() => describePage(page, site), [page, site]);
  switch (page.type) {
    case "HomePage":
      return <HomeView page={page} />;
    case "ConditionIndexPage":
      return <ConditionIndexView page={page} query={query} />;
    case "ConditionPage":
      return <ConditionView page={page} />;
    case "ContentPage":
      return <ContentView page={page} />;
    case "FormPage":
      return <FormPageView page={page} />;
    case "LocationPage":
      return <LocationView page={page} />;
    case "StaffIndexPage":
      return <StaffIndexView page={page} query={query} />;
    case "StaffProfilePage":
      return <StaffProfileView page={page} />;
    default:
      return nothingFor(page);
  }
}
