// The calls of the API that this client makes. Paths, parameters, bodies and answers are checked against its document.

import createClient from "openapi-fetch";

import type { paths } from "./schema";
import type { Challenge, Form, Page, PageList, PageOrRedirect, PageQuery, Problem, Site } from "./types";

export const api = createClient<paths, "application/json">({ baseUrl: import.meta.env.VITE_API_ORIGIN });

/** An answer that is not what was asked for: its status, and the problem as the API tells it (RFC 9457). */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem | undefined,
  ) {
    super(problem?.detail ?? `The API answered ${status}.`);
  }
}

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** Returns what a call brought; throws a Refusal where it brought a problem, and what fetch throws without a network. */
export async function taken<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (data !== undefined) return data;
  throw new Refusal(response.status, isProblem(error) ? error : undefined);
}

/** Says whether a refusal is the API's own: something between it and us may answer in other words. */
function isProblem(error: unknown): error is Problem {
  return typeof error === "object" && error !== null && "detail" in error && "errors" in error;
}

/** Returns what stands around every page: name, phones, navigation, banner, footer. */
export const loadSite = (): Promise<Site> => taken(api.GET("/api/v1/site/"));

/** Returns the page at a path, or where a redirect leads; throws a Refusal with the status 404 where there is none. */
export const loadPage = (path: string): Promise<PageOrRedirect> =>
  taken(api.GET("/api/v1/pages/by-path/", { params: { query: { path } } }));

/** Returns the draft that the token of a preview opens; throws a Refusal: 401 for a bad token, 403 without permission. */
export const loadPreview = (token: string): Promise<Page> =>
  taken(api.GET("/api/v1/preview/", { headers: { Authorization: `Preview ${token}` } }));

/** Returns the cards of the pages that fit all of `query`. */
export const listPages = (query: PageQuery): Promise<PageList> =>
  taken(api.GET("/api/v1/pages/", { params: { query } }));

/** Returns a form as it now reads. */
export const loadForm = (id: number): Promise<Form> =>
  taken(api.GET("/api/v1/forms/{page_id}/", { params: { path: { page_id: id } } }));

/** Returns work against spam for this browser to do, a new one each time. */
export const loadChallenge = (): Promise<Challenge> => taken(api.GET("/api/v1/forms/challenge/"));
