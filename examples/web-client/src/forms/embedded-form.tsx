import type { JSX } from "preact";

import { loadForm } from "../api/client";
import type { BlockValue } from "../api/types";
import { useData } from "../api/use-data";
import { below, Heading, type Level } from "../parts/heading";
import { PhoneLink } from "../parts/phone-link";
import { useIsPreview } from "../preview/is-preview";
import { useSite } from "../site";
import { FormView } from "./form-view";
import { asDraft } from "./send";

interface Props {
  value: BlockValue<"form_embed">;
  level: Level;
}

/** A form in a page. The block only names it: what is to be drawn of it is fetched. */
export function EmbeddedForm({ value, level }: Props): JSX.Element {
  const site = useSite();
  const heading = value.heading || value.form?.title || site.appointment_label;
  return (
    <div class="form-embed">
      <Heading level={level}>{heading}</Heading>
      {value.form ? <FetchedForm id={value.form.id} level={below(level)} /> : <NoForm />}
    </div>
  );
}

function FetchedForm({ id, level }: { id: number; level: Level }): JSX.Element {
  const isPreview = useIsPreview();
  const form = useData(async () => {
    const published = await loadForm(id);
    return isPreview ? asDraft(published) : published;
  }, `${id}`);
  if (form.state === "loading") return <p role="status">Loading…</p>;
  if (form.state === "failed") return <NoForm />;
  return <FormView form={form.data} source={location.pathname} level={level} />;
}

function NoForm(): JSX.Element {
  const { phone } = useSite();
  return (
    <>
      <p>This form is not open right now. {phone && "Call us and we will find you a time."}</p>
      {phone && <p><PhoneLink phone={phone} /></p>}
    </>
  );
}
