// A little work for the browser, where a form asks for it: people do not notice, and who sends by the thousand does.

import { loadChallenge } from "../api/client";
import type { Challenge } from "../api/types";

const CHUNK = 500;

const hexOf = (digest: ArrayBuffer): string =>
  [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Returns the number that a challenge asks for; null where there is none. */
async function solve({ algorithm, challenge, maxnumber, salt }: Challenge): Promise<number | null> {
  const encoder = new TextEncoder();
  const digest = (number: number) => crypto.subtle.digest(algorithm, encoder.encode(`${salt}${number}`));
  for (let start = 0; start <= maxnumber; start += CHUNK) {
    const numbers = Array.from({ length: CHUNK }, (_each, index) => start + index);
    const found = (await Promise.all(numbers.map(digest))).findIndex((each) => hexOf(each) === challenge);
    if (found !== -1) return start + found;
  }
  return null;
}

/**
 * Returns the work done on a new challenge, as the API takes it. Empty where this browser cannot do it: what is sent
 * without is not lost, but waits until the front desk has looked at it. Throws what `loadChallenge` does.
 */
export async function prove(): Promise<string> {
  // Browsers have it on pages with HTTPS, and on the developer's own machine.
  if (!globalThis.isSecureContext) return "";
  const work = await loadChallenge();
  const number = await solve(work);
  const { algorithm, challenge, salt, signature } = work;
  return number === null ? "" : btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
}
