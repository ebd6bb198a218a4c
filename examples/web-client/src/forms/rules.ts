// Which steps and fields show, given the answers. It mirrors what the server decides when the form is sent: there an
// answer to what does not show is not stored, and never required.

import type { Form, Rule, RuleCondition, RuleGroup } from "../api/types";
import type { Answer, Answers } from "./answers";

type Operand = RuleCondition["value"];
type Compared = string | number | boolean | readonly string[] | null;
type Holds = (answer: Compared, value: Operand) => boolean;

const isEmpty = (answer: Compared): boolean =>
  answer === null || answer === false || answer === "" || (Array.isArray(answer) && answer.length === 0);

const plain = (value: Compared): Compared => (typeof value === "string" ? value.trim().toLowerCase() : value);
const not = (holds: Holds): Holds => (answer, value) => !holds(answer, value);

const is: Holds = (answer, value) => !isEmpty(answer) && plain(answer) === plain(value);
const answered: Holds = (answer) => !isEmpty(answer);

const contains: Holds = (answer, value) => {
  if (typeof value !== "string") return false;
  if (typeof answer === "string") return answer.trim().toLowerCase().includes(value.trim().toLowerCase());
  return Array.isArray(answer) && answer.includes(value);
};

const anyOf: Holds = (answer, values) => {
  const chosen: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
  return Array.isArray(values) && chosen.some((choice) => typeof choice === "string" && values.includes(choice));
};

const more: Holds = (answer, value) => {
  if (typeof answer === "number" && typeof value === "number") return answer > value;
  return typeof answer === "string" && typeof value === "string" && answer !== "" && answer > value;
};

const less: Holds = (answer, value) => {
  if (typeof answer === "number" && typeof value === "number") return answer < value;
  return typeof answer === "string" && typeof value === "string" && answer !== "" && answer < value;
};

const OPERATORS: Record<RuleCondition["operator"], Holds> = {
  is,
  is_not: not(is),
  any_of: anyOf,
  contains,
  contains_not: not(contains),
  greater_than: more,
  less_than: less,
  // ISO dates sort as text.
  before: less,
  after: more,
  answered,
  unanswered: not(answered),
  ticked: answered,
  unticked: not(answered),
};

/** Returns what of an answer a rule compares: of one with parts the choice or choices, or the id of a page. */
function comparedOf(answer: Answer | undefined): Compared {
  if (answer === undefined) return null;
  if (typeof answer !== "object" || Array.isArray(answer)) return answer as Compared;
  const parts = answer as { readonly [part: string]: unknown };
  const { id, choice, choices } = { id: parts["id"], choice: parts["choice"], choices: parts["choices"] };
  if (id !== undefined) return String(id);
  if (typeof choice === "string") return choice;
  return Array.isArray(choices) ? (choices as string[]) : Object.values(parts).join(" ");
}

/** Says whether the answers are as a rule says; without a rule they are. */
export function holds(rule: Rule | RuleGroup | null, answers: Answers): boolean {
  if (!rule) return true;
  const isMet = (part: RuleCondition | RuleGroup): boolean =>
    "conditions" in part
      ? holds(part, answers)
      : OPERATORS[part.operator](comparedOf(answers[part.question]), part.value);
  return rule.match === "all" ? rule.conditions.every(isMet) : rule.conditions.some(isMet);
}

/**
 * Returns the ids of the steps and fields that show.
 *
 * What does not show counts as unanswered, so that what depends on it goes too; a step of which nothing shows is left
 * out. A rule only ever looks at what comes before it.
 */
export function shownIn(form: Form, answers: Answers): Set<string> {
  const shown = new Set<string>();
  const known: Answers = {};
  for (const step of form.steps) {
    if (!holds(step.rule, known)) continue;
    let isSeen = step.fields.length === 0;
    for (const field of step.fields) {
      if (!holds(field.rule, known)) continue;
      shown.add(field.id);
      const answer = answers[field.id];
      if (answer !== undefined) known[field.id] = answer;
      isSeen ||= field.type !== "hidden";
    }
    if (isSeen) shown.add(step.id);
  }
  return shown;
}
