import type { JSX } from "preact";

import type { LocationPage } from "../api/types";
import { Stream } from "../blocks/stream";
import { AddressLines } from "../parts/address";
import { StaffCards } from "../parts/cards";
import { HoursExceptions, HoursTable } from "../parts/hours";
import { PageTitle } from "../parts/page-title";
import { PhoneLink } from "../parts/phone-link";
import { Picture } from "../parts/picture";
import { RichText } from "../parts/rich-text";
import { Section } from "../parts/section";

/** An address of the clinic. */
export function LocationView({ page }: { page: LocationPage }): JSX.Element {
  return (
    <>
      <PageTitle lead={page.introduction}>{page.title}</PageTitle>
      <div class="columns">
        <div>
          {page.photo && <Picture image={page.photo} sizes="(min-width: 64em) 480px, 94vw" class="card__picture" isUrgent />}
          <Section heading="Address">
            <AddressLines lines={page.address_lines} />
            <p><PhoneLink phone={page.phone} /></p>
            {page.email && <p><a href={`mailto:${page.email}`}>{page.email}</a></p>}
          </Section>
          <Section heading="Opening hours">
            <HoursTable days={page.opening_hours} />
            {page.upcoming_exceptions.length > 0 && (
              <><h3>Other hours</h3><HoursExceptions items={page.upcoming_exceptions} /></>
            )}
          </Section>
        </div>
        <div>
          {page.directions && <Section heading="How to find us"><RichText html={page.directions} /></Section>}
          {page.accessibility_notes && <Section heading="Getting in"><RichText html={page.accessibility_notes} /></Section>}
          <Stream blocks={page.body} />
        </div>
      </div>
      {page.staff.length > 0 && <Section heading="Who works here"><StaffCards cards={page.staff} /></Section>}
    </>
  );
}
