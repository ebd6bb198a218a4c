// What search engines and shared links are told of a page: all of it comes from the API.

import type { Page, Site } from "./api/types";

const MARK = "data-of-page";

function add(tag: "meta" | "link" | "script", attributes: Record<string, string>, text = ""): void {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries({ ...attributes, [MARK]: "" })) element.setAttribute(name, value);
  element.textContent = text;
  document.head.append(element);
}

/** Gives the document another title, and takes away what was told of the page before. */
export function setTitle(title: string, site: Site): void {
  document.title = `${title} | ${site.name}`;
  for (const element of document.head.querySelectorAll(`[${MARK}]`)) element.remove();
}

/** Tells the title, description, address, picture and structured data of a page. */
export function describePage(page: Page, site: Site): void {
  const { seo } = page;
  setTitle(seo.title, site);
  document.documentElement.lang = page.locale;
  add("link", { rel: "canonical", href: seo.canonical_url });
  if (seo.description) add("meta", { name: "description", content: seo.description });
  const shared = { title: seo.title, description: seo.description, url: seo.canonical_url, image: seo.image?.src };
  for (const [name, content] of Object.entries(shared)) {
    if (content) add("meta", { property: `og:${name}`, content });
  }
  const graph = { "@context": "https://schema.org", "@graph": page.structured_data };
  add("script", { type: "application/ld+json" }, JSON.stringify(graph));
}

/** Tells the title of a screen that is no page of the clinic, and that it is not to be found by searching. */
export function describeScreen(title: string, site: Site): void {
  setTitle(title, site);
  add("meta", { name: "robots", content: "noindex" });
}

/** Keeps all that is drawn from searches, until what it returns is called. */
export function keepFromSearch(): () => void {
  const meta = document.createElement("meta");
  meta.name = "robots";
  meta.content = "noindex";
  document.head.append(meta);
  return () => meta.remove();
}
