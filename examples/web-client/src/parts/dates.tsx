import type { JSX } from "preact";

/** Returns a day as people say it, such as "March 27, 2026". */
export const dayWords = (iso: string): string => written(new Date(`${iso}T00:00`), { dateStyle: "long" });

/** Returns a day with its weekday, such as "Thursday, November 26". */
export const weekdayWords = (iso: string): string =>
  written(new Date(`${iso}T00:00`), { weekday: "long", month: "long", day: "numeric" });

/** Returns a moment as people say it, in the reader's own time zone. */
export const momentWords = (iso: string): string => written(new Date(iso), { dateStyle: "long", timeStyle: "short" });

/** Returns a time of day as people say it, such as "9 AM". */
export const clockWords = (time: string): string =>
  written(new Date(`2000-01-01T${time}`), { timeStyle: "short" }).replace(":00", "");

const written = (date: Date, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat("en-US", options).format(date);

/** A day that machines can read too. */
export const Day = ({ date }: { date: string }): JSX.Element => <time dateTime={date}>{dayWords(date)}</time>;
