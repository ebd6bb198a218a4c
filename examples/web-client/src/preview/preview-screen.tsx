import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import type { Page } from "../api/types";
import { keepFromSearch } from "../head";
import { Layout } from "../layout/layout";
import { FailedScreen } from "../pages/failures";
import { PageView } from "../pages/page-view";
import { nothingFor } from "../parts/never";
import { EndedPreview, ForbiddenPreview } from "./endings";
import { PreviewContext } from "./is-preview";
import { useLinksInPage } from "./links-in-page";
import { usePreview, type Preview } from "./use-preview";

interface Props {
  /** What stands behind the # of the address. Nothing else keeps it, and it stays there for a reload. */
  hash: string;
  query: URLSearchParams;
}

/** The draft of a page as an editor looks at it, drawn as readers will see it. */
export function PreviewScreen({ hash, query }: Props): JSX.Element {
  const [attempt, setAttempt] = useState(0);
  const preview = usePreview(new URLSearchParams(hash.slice(1)).get("token"), attempt);
  useEffect(keepFromSearch, []);
  useLinksInPage();
  return (
    <PreviewContext.Provider value={true}>
      {preview.state === "shown" && <DraftBar isLate={preview.isLate} />}
      <Layout page={preview.state === "shown" ? preview.page : null}>
        <Draft preview={preview} query={query} tryAgain={() => setAttempt(attempt + 1)} />
      </Layout>
    </PreviewContext.Provider>
  );
}

const DraftBar = ({ isLate }: { isLate: boolean }): JSX.Element => (
  <div class="draft-bar" role="region" aria-label="Draft">
    <strong>Draft preview</strong>{" "}
    <span role="status">{isLate && "The website does not answer: this may not be the latest."}</span>
  </div>
);

interface DraftProps {
  preview: Preview;
  query: URLSearchParams;
  tryAgain: () => void;
}

function Draft({ preview, query, tryAgain }: DraftProps): JSX.Element | null {
  switch (preview.state) {
    case "loading":
      return <p class="wait" role="status">Loading…</p>;
    case "shown":
      return <PageView key={keyOf(preview.page)} page={preview.page} query={query} />;
    case "ended":
      return <EndedPreview />;
    case "forbidden":
      return <ForbiddenPreview />;
    case "failed":
      return <FailedScreen tryAgain={tryAgain} />;
    default:
      return nothingFor(preview);
  }
}

/** Has a form start afresh when it is another: what was tried out in it answers questions that may be gone. */
const keyOf = (page: Page): string => (page.type === "FormPage" ? JSON.stringify(page.form) : `${page.id}`);
