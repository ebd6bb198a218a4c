// What was typed, read as the server reads it.

const SPACES = String.raw`(?:(?!\ufeff)[\s\x1c-\x1f\x85])+`; // What Python strips.
const AROUND = new RegExp(`^${SPACES}|${SPACES}$`, "g");

/** Returns the text without the spaces around it. */
export const trimmed = (text) => text.replace(AROUND, "");

const MONTHS = Array.from({ length: 12 }, (_each, month) =>
  new Date(2000, month, 1).toLocaleDateString(document.documentElement.lang, { month: "long" }).toLowerCase(),
);

const DIGITS = /^\d{1,4}$/;

/** Returns the number of a month that was typed as a number or by the first letters of its name. */
const monthOf = (text) => {
  if (DIGITS.test(text)) return Number(text);
  const opening = text.toLowerCase().replace(/\.+$/, "");
  return text.length < 3 ? NaN : MONTHS.findIndex((name) => name.startsWith(opening)) + 1;
};

/** Returns the day that three boxes for month, day and year say, as ISO 8601; null while they say none. */
export const dateOf = (controls) => {
  const [month, day, year] = controls.map((control) => trimmed(control.value));
  if (!DIGITS.test(day) || !DIGITS.test(year)) return null;
  const date = new Date(Date.UTC(Number(year), monthOf(month) - 1, Number(day)));
  const isDay = year >= 1000 && date.getUTCMonth() === monthOf(month) - 1 && date.getUTCDate() === Number(day);
  return isDay ? date.toISOString().slice(0, 10) : null;
};
