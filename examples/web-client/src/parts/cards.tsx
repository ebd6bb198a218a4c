import type { JSX } from "preact";

import type { Card, LocationCard, StaffCard } from "../api/types";
import { AddressLines } from "./address";
import { Heading, type Level } from "./heading";
import { PhoneLink } from "./phone-link";
import { Picture } from "./picture";
import { Portrait } from "./portrait";

/** A page in a list: its name and what its card says. */
export function PageCards({ cards, level = 3 }: { cards: readonly Card[]; level?: Level }): JSX.Element {
  return (
    <ul class="cards">
      {cards.map((card) => (
        <li key={card.id} class="card">
          <Heading level={level}><a href={card.path}>{card.title}</a></Heading>
          {card.text && <p>{card.text}</p>}
        </li>
      ))}
    </ul>
  );
}

/** People of the clinic. */
export function StaffCards({ cards, level = 3 }: { cards: readonly StaffCard[]; level?: Level }): JSX.Element {
  return (
    <ul class="cards cards--people">
      {cards.map((card) => (
        <li key={card.id} class="card card--person">
          <Portrait photo={card.image} initials={card.initials} sizes="(min-width: 40em) 260px, 90vw" />
          <Heading level={level}>
            <a href={card.path}>{card.title}</a>
            {card.post_nominals && <span class="post-nominals">, {card.post_nominals}</span>}
          </Heading>
          {card.role && <p class="soft">{card.role}</p>}
          {card.text && <p>{card.text}</p>}
          {!card.accepting_new_patients && <p class="note">Not taking new patients right now</p>}
        </li>
      ))}
    </ul>
  );
}

/** Addresses of the clinic. */
export function LocationCards({ cards }: { cards: readonly LocationCard[] }): JSX.Element {
  return (
    <ul class="cards cards--places">
      {cards.map((card) => (
        <li key={card.id} class="card">
          {card.image && <Picture image={card.image} alt="" sizes="(min-width: 48em) 560px, 94vw" class="card__picture" />}
          <h3><a href={card.path}>{card.title}</a></h3>
          <AddressLines lines={card.address_lines} />
          <p><PhoneLink phone={card.phone} /></p>
        </li>
      ))}
    </ul>
  );
}
