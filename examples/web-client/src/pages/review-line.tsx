import type { JSX } from "preact";

import type { ConditionPage, StaffCard } from "../api/types";
import { Day } from "../parts/dates";
import { Section } from "../parts/section";

/** What a condition page rests on, and who wrote and checked it. */
export function ReviewLine({ page }: { page: ConditionPage }): JSX.Element {
  return (
    <>
      {page.sources.length > 0 && (
        <Section heading="Sources">
          <ol class="prose">
            {page.sources.map(({ id, value }) => (
              <li key={id}>
                <cite><a href={value.url}>{value.title}</a></cite>. {value.publisher}{value.year && `, ${value.year}`}.
              </li>
            ))}
          </ol>
        </Section>
      )}
      <p class="review-line">
        {page.author && <>Written by <Person card={page.author} />. </>}
        {page.clinical_reviewer && <>Checked by <Person card={page.clinical_reviewer} />. </>}
        {page.last_reviewed && <>Last reviewed <Day date={page.last_reviewed} />. </>}
        {page.next_review && <>Next review due <Day date={page.next_review} />.</>}
      </p>
    </>
  );
}

const Person = ({ card }: { card: StaffCard }): JSX.Element => <a href={card.path}>{card.name_with_credentials}</a>;
