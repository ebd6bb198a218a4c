import type { JSX } from "preact";

import type { ContentPage } from "../api/types";
import { Stream } from "../blocks/stream";
import { PageTitle } from "../parts/page-title";

/** A page of text. */
export const ContentView = ({ page }: { page: ContentPage }): JSX.Element => (
  <div class="page-body">
    <PageTitle lead={page.introduction}>{page.title}</PageTitle>
    <Stream blocks={page.body} />
    <Stream blocks={page.call_to_action} />
  </div>
);
