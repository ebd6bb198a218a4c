import type { JSX } from "preact";

import type { StaffProfilePage } from "../api/types";
import { AppointmentLink } from "../layout/appointment-link";
import { StaffCards } from "../parts/cards";
import { PageTitle } from "../parts/page-title";
import { Portrait } from "../parts/portrait";
import { RichText } from "../parts/rich-text";
import { Section } from "../parts/section";

/** Somebody who works at the clinic. */
export function StaffProfileView({ page }: { page: StaffProfilePage }): JSX.Element {
  const isClinician = page.role?.is_clinician ?? false;
  const isFull = isClinician && !page.accepting_new_patients;
  return (
    <>
      <div class="columns columns--profile">
        <div>
          <Portrait photo={page.photo} initials={page.initials} sizes="(min-width: 64em) 380px, 70vw" />
          <Facts page={page} />
        </div>
        <div>
          <PageTitle lead={page.introduction}>
            {page.title}
            {page.post_nominals && <span class="post-nominals">, {page.post_nominals}</span>}
          </PageTitle>
          <p class="soft">{[page.role?.name, page.pronouns].filter(Boolean).join(" · ")}</p>
          {isClinician && !isFull && <p class="actions">Taking new patients <AppointmentLink /></p>}
          {isFull && <p class="note">{page.given_name} is not taking new patients right now.</p>}
          <About page={page} />
        </div>
      </div>
      {isFull && page.colleagues.length > 0 && (
        <Section heading="Colleagues who can see you"><StaffCards cards={page.colleagues} /></Section>
      )}
    </>
  );
}

function Facts({ page }: { page: StaffProfilePage }): JSX.Element {
  return (
    <dl class="facts">
      {page.specialties.length > 0 && (
        <div><dt>Special interest</dt>{page.specialties.map(({ id, name }) => <dd key={id}>{name}</dd>)}</div>
      )}
      {page.languages.length > 0 && (
        <div><dt>Speaks</dt>{page.languages.map(({ code, name }) => <dd key={code}>{name}</dd>)}</div>
      )}
      {page.locations.length > 0 && (
        <div>
          <dt>Sees patients at</dt>
          {page.locations.map((card) => <dd key={card.id}><a href={card.path}>{card.title}</a></dd>)}
        </div>
      )}
    </dl>
  );
}

function About({ page }: { page: StaffProfilePage }): JSX.Element {
  return (
    <>
      {page.biography && <Section heading={`About ${page.given_name}`}><RichText html={page.biography} /></Section>}
      {page.conditions.length > 0 && (
        <Section heading={`What ${page.given_name} treats`}>
          <ul class="link-columns">
            {page.conditions.map((card) => <li key={card.id}><a href={card.path}>{card.title}</a></li>)}
          </ul>
        </Section>
      )}
      {page.education.length > 0 && (
        <Section heading="Education and residencies">
          <ul class="plain-list">
            {page.education.map((item) => (
              <li key={item.qualification}>
                <strong>{item.qualification}</strong> {[item.institution, item.place].filter(Boolean).join(", ")} {item.year}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {page.certifications.length > 0 && (
        <Section heading="Certifications">
          <ul class="plain-list">
            {page.certifications.map((item) => (
              <li key={item.name}>
                <strong>{item.name}</strong> {item.awarded_by} {item.in_progress ? "In progress" : item.year}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {page.interests && <Section heading="Outside the clinic"><RichText html={page.interests} /></Section>}
    </>
  );
}
