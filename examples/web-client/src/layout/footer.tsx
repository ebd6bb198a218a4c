import type { JSX } from "preact";

import { LinkTo } from "../parts/link-to";
import { PhoneLink } from "../parts/phone-link";
import { RichText } from "../parts/rich-text";
import { useSite } from "../site";

/** What stands under every page. */
export function Footer(): JSX.Element {
  const site = useSite();
  return (
    <footer class="site-footer">
      <div class="wrap">
        <p class="site-footer__emergency">
          In an emergency, call <strong>{site.emergency_number}</strong>. Do not wait for us to answer.
        </p>
        <div class="site-footer__columns">
          <div>
            <p class="site-footer__name">{site.name}</p>
            <RichText html={site.footer_text} />
            <ul>
              {site.phone && <li><PhoneLink phone={site.phone} /></li>}
              {site.email && <li><a href={`mailto:${site.email}`}>{site.email}</a></li>}
              {site.fax && <li>Fax {site.fax}</li>}
            </ul>
          </div>
          {site.footer_columns.map(({ id, value }) => (
            <nav key={id} aria-labelledby={`column-${id}`}>
              <h2 id={`column-${id}`}>{value.heading}</h2>
              <ul>
                {value.links.map((link, index) => <li key={index}><LinkTo link={link} /></li>)}
              </ul>
            </nav>
          ))}
        </div>
        <div class="site-footer__end">
          <p>© {new Date().getFullYear()} {site.name}</p>
          {site.social_links.length > 0 && (
            <ul aria-label="Find us elsewhere">
              {site.social_links.map(({ id, value }) => (
                <li key={id}><a href={value.url} rel="me">{networkName(value.network)}</a></li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </footer>
  );
}

const NAMES: Record<string, string> = { linkedin: "LinkedIn", youtube: "YouTube" };

/** Returns a network's name as it writes itself. */
function networkName(network: string | null): string {
  if (!network) return "Elsewhere";
  return NAMES[network] ?? network.charAt(0).toUpperCase() + network.slice(1);
}
