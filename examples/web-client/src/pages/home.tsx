import type { JSX } from "preact";

import type { HomePage } from "../api/types";
import { Stream } from "../blocks/stream";
import { AppointmentLink } from "../layout/appointment-link";
import { LocationCards, PageCards, StaffCards } from "../parts/cards";
import { PhoneLink } from "../parts/phone-link";
import { Picture } from "../parts/picture";
import { RichText } from "../parts/rich-text";
import { Section } from "../parts/section";
import { useSite } from "../site";

/** The home page. */
export function HomeView({ page }: { page: HomePage }): JSX.Element {
  return (
    <>
      <Hero page={page} />
      {page.trust_facts.length > 0 && (
        <section class="trust" aria-label="Facts about us">
          {page.trust_facts.map(({ id, value }) => (
            <div key={id}>
              <p class="trust__figure">{value.figure}</p>
              <p>{value.label}</p>
              {value.source && <p class="soft">{value.source}</p>}
            </div>
          ))}
        </section>
      )}
      {page.featured_conditions.length > 0 && (
        <Section heading={page.featured_heading || "Where does it hurt?"}>
          <PageCards cards={page.featured_conditions} />
        </Section>
      )}
      {page.why_us.length > 0 && (
        <Section heading={page.why_us_heading || "Why people come to us"} class="section--panel">
          <div class="reasons">
            {page.why_us.map(({ id, value }) => (
              <div key={id}><h3>{value.title}</h3><RichText html={value.text} /></div>
            ))}
          </div>
        </Section>
      )}
      {page.featured_staff.length > 0 && (
        <Section heading={page.staff_heading || "The people who will see you"}>
          <RichText html={page.staff_text} />
          <StaffCards cards={page.featured_staff} />
        </Section>
      )}
      {page.locations.length > 0 && (
        <Section heading={page.locations_heading || "Where to find us"}>
          <LocationCards cards={page.locations} />
        </Section>
      )}
      <Stream blocks={page.body} />
    </>
  );
}

function Hero({ page }: { page: HomePage }): JSX.Element {
  const site = useSite();
  return (
    <section class="hero">
      <div>
        <h1>{page.hero_heading}</h1>
        <p class="lead">{page.hero_text}</p>
        <p class="actions">
          <AppointmentLink href={page.hero_cta_page?.path} label={page.hero_cta_label} />
          {site.phone && <PhoneLink phone={site.phone} />}
        </p>
        {site.appointment_promise && <p class="soft">{site.appointment_promise}</p>}
      </div>
      {page.hero_image && (
        <Picture image={page.hero_image} alt="" sizes="(min-width: 64em) 620px, 94vw" class="hero__picture" isUrgent />
      )}
    </section>
  );
}
