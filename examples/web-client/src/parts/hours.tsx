import type { JSX } from "preact";

import type { DayHours, HoursException, OpeningSpan } from "../api/types";
import { clockWords, weekdayWords } from "./dates";

const spanWords = ({ opens, closes }: OpeningSpan): string => `${clockWords(opens)} to ${clockWords(closes)}`;

/** The hours of a usual week. */
export function HoursTable({ days }: { days: DayHours[] }): JSX.Element {
  return (
    <table class="hours">
      <caption class="visually-hidden">Opening hours of a usual week</caption>
      <tbody>
        {days.map((row) => (
          <tr key={row.day}>
            <th scope="row">{row.label}</th>
            <td>{row.spans.map(spanWords).join(", ") || "Closed"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The days with other hours; closed where there are no times. */
export function HoursExceptions({ items }: { items: HoursException[] }): JSX.Element {
  return (
    <ul class="plain-list">
      {items.map(({ date, last_date: last, opens, closes, note }) => (
        <li key={date}>
          <time dateTime={date}>{weekdayWords(date)}</time>
          {last && <> to <time dateTime={last}>{weekdayWords(last)}</time></>}
          {": "}
          {opens && closes ? spanWords({ opens, closes }) : "closed"}
          {note && ` (${note})`}
        </li>
      ))}
    </ul>
  );
}
