import type { JSX } from "preact";

import { listPages } from "../api/client";
import type { ConditionIndexPage } from "../api/types";
import { Stream } from "../blocks/stream";
import { PageTitle } from "../parts/page-title";
import { Section } from "../parts/section";
import { FilterForm, Filtered } from "./filters";

interface Props {
  page: ConditionIndexPage;
  query: URLSearchParams;
}

/** All conditions: those of a chosen part of the body as cards, by part of the body, and from A to Z. */
export function ConditionIndexView({ page, query }: Props): JSX.Element {
  const region = query.get("region");
  const choices = page.regions.map(({ region: { slug, name } }) => ({ value: slug, label: name }));
  return (
    <>
      <PageTitle lead={page.introduction}>{page.title}</PageTitle>
      <FilterForm
        path={page.path}
        label="Filter the conditions"
        filters={[{ name: "region", label: "Part of the body", choices }]}
        query={query}
      />
      {region ? (
        <Filtered
          load={() => listPages({ type: "ConditionPage", ancestor: page.id, region, order: "title", limit: 100 })}
          query={query}
          all={page.path}
          heading="Conditions"
        />
      ) : (
        <EveryCondition page={page} />
      )}
      <Stream blocks={page.body} />
    </>
  );
}

function EveryCondition({ page }: { page: ConditionIndexPage }): JSX.Element {
  return (
    <>
      <Section heading="By part of the body">
        <div class="regions">
          {page.regions.map(({ region, conditions }) => (
            <section key={region.id} aria-labelledby={`region-${region.id}`}>
              <h3 id={`region-${region.id}`}>{region.name}</h3>
              {region.description && <p class="soft">{region.description}</p>}
              <ul>
                {conditions.map((card) => <li key={card.id}><a href={card.path}>{card.title}</a></li>)}
              </ul>
            </section>
          ))}
        </div>
      </Section>
      <Section heading="From A to Z" class="section--panel">
        <div class="alphabet">
          {page.alphabet.map(({ letter, entries }) => (
            <section key={letter}>
              <h3>{letter}</h3>
              <ul>
                {entries.map(({ label, is_other_name: isOther, condition }) => (
                  <li key={label}>
                    <a href={condition.path}>{label}</a>
                    {isOther && <span class="soft"> see {condition.title}</span>}
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </Section>
    </>
  );
}
