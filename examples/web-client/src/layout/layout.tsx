import type { ComponentChildren, JSX } from "preact";

import type { Page } from "../api/types";
import { Banner } from "./banner";
import { Breadcrumbs } from "./breadcrumbs";
import { Footer } from "./footer";
import { Header } from "./header";

interface Props {
  page: Page | null;
  children: ComponentChildren;
}

/** What stands around every page. */
export function Layout({ page, children }: Props): JSX.Element {
  return (
    <>
      <a class="skip-link" href="#main">Skip to main content</a>
      <Banner />
      <Header page={page} />
      <main id="main" tabIndex={-1} class="wrap">
        {page && <Breadcrumbs page={page} />}
        {children}
      </main>
      <Footer />
    </>
  );
}
