import type { JSX } from "preact";

import type { Clinician } from "../api/types";
import { Portrait } from "../parts/portrait";
import { RichText } from "../parts/rich-text";
import { Section } from "../parts/section";

/** Who treats a condition: the first with a biography, the others in a sentence. */
export function Clinicians({ people }: { people: Clinician[] }): JSX.Element | null {
  if (people.length === 0) return null;
  return (
    <Section heading="Who treats it here">
      {people.map((person, index) => (
        <article key={person.id} class="clinician">
          <Portrait photo={person.image} initials={person.initials} sizes="(min-width: 64em) 200px, 40vw" />
          <div>
            <h3>
              <a href={person.path}>{person.title}</a>
              {person.post_nominals && <span class="post-nominals">, {person.post_nominals}</span>}
            </h3>
            {person.role && <p class="soft">{person.role}</p>}
            {index === 0 && person.biography ? <RichText html={person.biography} /> : <p>{person.text}</p>}
            {!person.accepting_new_patients && <p class="note">Not taking new patients right now</p>}
          </div>
        </article>
      ))}
    </Section>
  );
}
