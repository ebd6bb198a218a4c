import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import type { Link, Page } from "../api/types";
import { LinkTo } from "../parts/link-to";
import { PhoneLink } from "../parts/phone-link";
import { Picture } from "../parts/picture";
import { useSite } from "../site";
import { AppointmentLink } from "./appointment-link";
import { SearchForm } from "./search-form";

/** The clinic's name, phone and navigation; on a phone a button opens the navigation. */
export function Header({ page }: { page: Page | null }): JSX.Element {
  const site = useSite();
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => setIsOpen(false), [page]);
  return (
    <header class="site-header">
      <div class="wrap site-header__bar">
        <a class="brand" href="/">
          {site.logo && <Picture image={site.logo} alt="" sizes="48px" class="brand__logo" />}
          <span>
            <span class="brand__name">{site.name}</span> <span class="brand__tagline">{site.tagline}</span>
          </span>
        </a>
        <div class="site-header__actions">
          {site.phone && (
            <p class="site-header__phone"><PhoneLink phone={site.phone} /> <small>{site.phone_note}</small></p>
          )}
          {page?.id !== site.appointment_page?.id && <AppointmentLink />}
          <button
            class="button button--quiet nav-toggle"
            type="button"
            aria-expanded={isOpen}
            aria-controls="site-nav"
            onClick={() => setIsOpen(!isOpen)}
          >
            Menu
          </button>
        </div>
      </div>
      <nav class={`site-nav ${isOpen ? "site-nav--open" : ""}`} id="site-nav" aria-label="Main">
        <div class="wrap site-nav__inner">
          <ul>
            {site.navigation.map(({ id, value }) => (
              <li key={id}><LinkTo link={value} current={placeOf(value, page)} /></li>
            ))}
          </ul>
          <SearchForm />
        </div>
      </nav>
    </header>
  );
}

/** Says whether a link leads to the page that is shown, or to one above it. */
function placeOf(link: Link, page: Page | null): "page" | "true" | undefined {
  if (!link.page || !page) return undefined;
  if (link.page.id === page.id) return "page";
  return page.breadcrumbs.slice(1).some(({ id }) => id === link.page?.id) ? "true" : undefined;
}
