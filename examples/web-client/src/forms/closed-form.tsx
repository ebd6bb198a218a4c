import type { JSX } from "preact";

import type { Form } from "../api/types";
import { momentWords } from "../parts/dates";
import { Heading, type Level } from "../parts/heading";
import { PhoneLink } from "../parts/phone-link";
import { RichText } from "../parts/rich-text";
import { useSite } from "../site";

/** What stands in place of a form that takes nothing now. */
export function ClosedForm({ form, level }: { form: Form; level: Level }): JSX.Element {
  const { phone } = useSite();
  return (
    <div class="callout">
      <Heading level={level}>{closedWords(form)}</Heading>
      {form.closed_text ? <RichText html={form.closed_text} /> : <p>Please call us: we are glad to help you by phone.</p>}
      {!form.closed_text && phone && <p><PhoneLink phone={phone} /></p>}
    </div>
  );
}

function closedWords({ state, opens_at: opensAt }: Form): string {
  if (state === "not_yet_open") return opensAt ? `This form opens on ${momentWords(opensAt)}` : "This form is not open yet";
  return state === "full" ? "This form takes no more requests" : "This form is closed";
}
