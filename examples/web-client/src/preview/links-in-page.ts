import { useEffect } from "preact/hooks";

/** Has links into the page leave the address as it is: what stands behind its # is the token of the draft. */
export function useLinksInPage(): void {
  useEffect(() => {
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, []);
}

function follow(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const href = link?.getAttribute("href");
  if (!href?.startsWith("#") || event.defaultPrevented) return;
  event.preventDefault();
  const target = document.getElementById(decodeURIComponent(href.slice(1)));
  if (!target?.hasAttribute("tabindex")) target?.setAttribute("tabindex", "-1");
  target?.focus();
  target?.scrollIntoView();
}
