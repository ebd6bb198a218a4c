// A little work for the browser, which people do not notice and who sends by the thousand does (ALTCHA's proof of work).

import { ask, parsed } from "./asking.js";

const SECONDS_TO_ANSWER = 15;
const CHUNK = 500;

const hexOf = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const solve = async ({ algorithm, challenge, maxnumber, salt }) => {
  const encoder = new TextEncoder();
  const digest = (number) => crypto.subtle.digest(algorithm, encoder.encode(salt + number));
  for (let start = 0; start <= maxnumber; start += CHUNK) {
    const numbers = Array.from({ length: CHUNK }, (_each, index) => start + index);
    const found = (await Promise.all(numbers.map(digest))).findIndex((each) => hexOf(each) === challenge);
    if (found !== -1) return start + found;
  }
  return null;
};

/**
 * Returns the work done on a new challenge, as the server takes it; empty where this browser cannot do it.
 * Throws NoAnswer.
 */
export const prove = async (url) => {
  if (!globalThis.crypto?.subtle) return "";
  const { text } = await ask(url, { headers: { Accept: "application/json" } }, SECONDS_TO_ANSWER);
  const { algorithm, challenge, maxnumber, salt, signature } = parsed(text);
  const number = await solve({ algorithm, challenge, maxnumber, salt });
  return number === null ? "" : btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
};
