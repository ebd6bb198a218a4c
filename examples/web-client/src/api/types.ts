// Short names for the types that openapi-typescript makes from the API's document. None is written by hand.

import type { components, operations } from "./schema";

type Schemas = components["schemas"];

export type Site = Schemas["Site"];
export type Page = Schemas["AnyPage"];
export type PageOrRedirect = Schemas["PageOrRedirect"];
export type PageLink = Schemas["PageLink"];
export type PageQuery = NonNullable<operations["list_pages"]["parameters"]["query"]>;
export type PageList = Schemas["PageList"];
export type Card = Schemas["AnyCard"];
export type Problem = Schemas["Problem"];

export type HomePage = Schemas["HomePage"];
export type ContentPage = Schemas["ContentPage"];
export type LocationPage = Schemas["LocationPage"];
export type ConditionIndexPage = Schemas["ConditionIndexPage"];
export type ConditionPage = Schemas["ConditionPage"];
export type StaffIndexPage = Schemas["StaffIndexPage"];
export type StaffProfilePage = Schemas["StaffProfilePage"];
export type FormPage = Schemas["FormPage"];

export type ConditionCard = Schemas["ConditionPageCard"];
export type LocationCard = Schemas["LocationPageCard"];
export type StaffCard = Schemas["StaffProfilePageCard"];
export type Clinician = Schemas["Clinician"];

export type Block = Schemas["BodyBlock"] | Schemas["FormEmbedOrCtaBlock"];
export type BlockValue<Type extends Block["type"]> = Extract<Block, { type: Type }>["value"];
export type Link = Schemas["LinkValue"];
export type Image = Schemas["Image"];
export type DayHours = Schemas["DayHours"];
export type HoursException = Schemas["HoursException"];
export type OpeningSpan = Schemas["OpeningSpan"];

export type Form = Schemas["Form"];
export type Challenge = Schemas["Challenge"];
export type Step = Schemas["FormStep"];
export type Field = Schemas["AnyField"];
export type FieldOf<Type extends Field["type"]> = Extract<Field, { type: Type }>;
export type Choice = Schemas["FormChoice"];
export type Rule = Schemas["Rule"];
export type RuleGroup = Schemas["RuleGroup"];
export type RuleCondition = Schemas["RuleCondition"];
export type KeptFile = Schemas["KeptFile"];
export type Sent = Schemas["Sent"];
