import type { JSX } from "preact";

import { RichText } from "./rich-text";

/** A question that opens to its answer. */
export const FaqItem = ({ question, answer }: { question: string; answer: string }): JSX.Element => (
  <details class="faq">
    <summary>{question}</summary>
    <RichText html={answer} />
  </details>
);
