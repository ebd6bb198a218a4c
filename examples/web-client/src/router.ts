// Addresses without reloads: links of this site are followed by the history API, and Back returns to where one was.

import { useEffect, useState } from "preact/hooks";

export interface Address {
  path: string;
  query: URLSearchParams;
  hash: string;
}

const CHANGED = "address-changed";
const scrolled = new Map<unknown, number>();
let here: unknown = null;

const addressNow = (): Address => ({
  path: location.pathname,
  query: new URLSearchParams(location.search),
  hash: location.hash,
});
const tell = (): void => void window.dispatchEvent(new Event(CHANGED));

/** Goes to an address of this site, or replaces the one we are at. */
export function navigate(url: string, { replace = false } = {}): void {
  scrolled.set(here, window.scrollY);
  if (!replace) here = Date.now();
  history[replace ? "replaceState" : "pushState"](here, "", url);
  tell();
}

/** Goes back to how far a page was scrolled when it was left; else to what the address names in it, or to its top. */
export function scrollToPlace(): void {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const left = scrolled.get(here);
  if (left === undefined && target) target.scrollIntoView();
  else window.scrollTo({ top: left ?? 0, behavior: "instant" });
}

/** Has clicks on links of this site, and Back and Forward, change the address without a reload. */
export function followLinks(): void {
  history.scrollRestoration = "manual";
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || !isOurs(event, link)) return;
    event.preventDefault();
    navigate(link.href);
  });
  window.addEventListener("popstate", (event) => {
    scrolled.set(here, window.scrollY);
    here = event.state;
    tell();
  });
}

function isOurs(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  const isInPage = link.hash !== "" && link.pathname === location.pathname && link.search === location.search;
  return isPlain && !event.defaultPrevented && !link.target && link.origin === location.origin && !isInPage;
}

/** Returns the address, anew whenever it changes. */
export function useAddress(): Address {
  const [address, setAddress] = useState(addressNow);
  useEffect(() => {
    const update = (): void => setAddress(addressNow());
    window.addEventListener(CHANGED, update);
    return () => window.removeEventListener(CHANGED, update);
  }, []);
  return address;
}

/** Sends a form with the method GET as the browser would, without a reload: what is empty is left out. */
export function submitAsQuery(event: SubmitEvent): void {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const given = [...new FormData(form)].filter(([, value]) => value !== "") as [string, string][];
  const query = new URLSearchParams(given).toString();
  navigate(new URL(form.action).pathname + (query && `?${query}`));
}
