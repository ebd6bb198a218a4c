import type { JSX } from "preact";

import type { ConditionPage } from "../api/types";
import { Stream } from "../blocks/stream";
import { AppointmentLink } from "../layout/appointment-link";
import { PageCards } from "../parts/cards";
import { CarePanel } from "../parts/care-panel";
import { Day } from "../parts/dates";
import { FaqItem } from "../parts/faq-item";
import { PageTitle } from "../parts/page-title";
import { RichText } from "../parts/rich-text";
import { Section } from "../parts/section";
import { useSite } from "../site";
import { Clinicians } from "./clinicians";
import { ReviewLine } from "./review-line";

/** A condition: what it is, when to seek care, how it is treated here. */
export function ConditionView({ page }: { page: ConditionPage }): JSX.Element {
  const hasForm = page.call_to_action.length > 0;
  return (
    <>
      <PageTitle lead={page.summary}>{page.title}</PageTitle>
      {page.other_names.length > 0 && <p class="soft">Also called {page.other_names.join(", ")}</p>}
      <p><AppointmentLink href={hasForm ? "#request" : undefined} /></p>
      <div class="condition">
        <KeyFacts page={page} />
        <div>
          <Care page={page} />
          <About page={page} />
        </div>
      </div>
      <Clinicians people={page.clinicians} />
      {hasForm && <div id="request" class="section section--panel"><Stream blocks={page.call_to_action} /></div>}
      <ReviewLine page={page} />
      {page.related_conditions.length > 0 && (
        <Section heading="Related conditions"><PageCards cards={page.related_conditions} /></Section>
      )}
    </>
  );
}

function KeyFacts({ page }: { page: ConditionPage }): JSX.Element {
  const site = useSite();
  return (
    <section class="key-facts" aria-labelledby="key-facts">
      <h2 id="key-facts">At our clinic</h2>
      <dl class="facts">
        {page.clinicians.length > 0 && (
          <div>
            <dt>Who treats it here</dt>
            {page.clinicians.map((person) => <dd key={person.id}><a href={person.path}>{person.title}</a></dd>)}
          </div>
        )}
        {page.body_regions.length > 0 && (
          <div><dt>Part of the body</dt><dd>{page.body_regions.map(({ name }) => name).join(", ")}</dd></div>
        )}
        {site.appointment_promise && <div><dt>How soon</dt><dd>{site.appointment_promise}</dd></div>}
        {page.last_reviewed && <div><dt>Last reviewed</dt><dd><Day date={page.last_reviewed} /></dd></div>}
      </dl>
    </section>
  );
}

function Care({ page }: { page: ConditionPage }): JSX.Element | null {
  const panels = [
    { level: "emergency", text: page.care_emergency },
    { level: "urgent", text: page.care_urgent },
    { level: "routine", text: page.care_routine },
  ] as const;
  const filled = panels.filter(({ text }) => text);
  if (filled.length === 0) return null;
  return (
    <Section heading="When to seek care">
      {filled.map((panel) => <CarePanel key={panel.level} {...panel} headingLevel={3} />)}
    </Section>
  );
}

function About({ page }: { page: ConditionPage }): JSX.Element {
  return (
    <>
      {(page.symptoms.length > 0 || page.symptoms_introduction || page.symptom_pattern) && (
        <Section heading="Symptoms">
          <RichText html={page.symptoms_introduction} />
          <NamedList items={page.symptoms} />
          {page.symptom_pattern && <><h3>When they come and go</h3><RichText html={page.symptom_pattern} /></>}
        </Section>
      )}
      {(page.causes.length > 0 || page.causes_introduction) && (
        <Section heading="Causes">
          <RichText html={page.causes_introduction} />
          <NamedList items={page.causes} />
        </Section>
      )}
      <Treatment page={page} />
      {page.self_care.length > 0 && (
        <Section heading="What you can do now"><Stream blocks={page.self_care} level={3} /></Section>
      )}
      {page.prevention && <Section heading="Preventing it"><RichText html={page.prevention} /></Section>}
      {page.faqs.length > 0 && (
        <Section heading="Common questions">
          {page.faqs.map(({ id, value }) => <FaqItem key={id} {...value} />)}
        </Section>
      )}
      <Stream blocks={page.body} />
    </>
  );
}

function NamedList({ items }: { items: ConditionPage["symptoms"] | ConditionPage["causes"] }): JSX.Element | null {
  if (items.length === 0) return null;
  return (
    <ul class="named-list">
      {items.map(({ id, value }) => (
        <li key={id}><strong>{value.name}</strong><RichText html={value.detail} /></li>
      ))}
    </ul>
  );
}

function Treatment({ page }: { page: ConditionPage }): JSX.Element | null {
  if (!page.treatment_introduction && page.treatments.length === 0 && !page.treatment_outlook) return null;
  return (
    <Section heading="How physical therapy helps">
      <RichText html={page.treatment_introduction} />
      {page.treatments.map(({ id, value }) => value.treatment && (
        <section key={id}><h3>{value.treatment.name}</h3><RichText html={value.description} /></section>
      ))}
      {page.treatment_outlook && <><h3>What to expect</h3><RichText html={page.treatment_outlook} /></>}
    </Section>
  );
}
