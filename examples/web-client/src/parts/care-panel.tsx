import type { JSX } from "preact";

import type { BlockValue } from "../api/types";
import { useSite } from "../site";
import { Heading, type Level } from "./heading";
import { PhoneLink } from "./phone-link";
import { RichText } from "./rich-text";

type CareLevel = BlockValue<"warning">["level"];

interface Props {
  level: CareLevel;
  title?: string;
  text: string;
  headingLevel: Level;
}

/** When to get help. The opening words tell the levels apart; colour and line only repeat it. */
export function CarePanel({ level, title, text, headingLevel }: Props): JSX.Element {
  const { emergency_number: emergency, phone } = useSite();
  const words: Record<CareLevel, string> = {
    emergency: `Emergency: call ${emergency} now`,
    urgent: "Urgent: get advice today",
    routine: "Not urgent: look after yourself, or see us",
  };
  return (
    <section class={`care care--${level}`}>
      <Heading level={headingLevel} class="care__heading">
        {title ? <><span class="care__level">{words[level]}<span class="visually-hidden">: </span></span> {title}</> : words[level]}
      </Heading>
      <RichText html={text} />
      {level === "emergency" && <p><PhoneLink phone={emergency} label={`Call ${emergency}`} class="button button--emergency" /></p>}
      {level === "urgent" && phone && <p><PhoneLink phone={phone} label={`Call us: ${phone}`} class="button button--quiet" /></p>}
    </section>
  );
}
