import type { JSX } from "preact";

import type { FormPage } from "../api/types";
import { FormView } from "../forms/form-view";
import { PageTitle } from "../parts/page-title";
import { PhoneLink } from "../parts/phone-link";
import { useSite } from "../site";

/** A page that is a form. */
export function FormPageView({ page }: { page: FormPage }): JSX.Element {
  const site = useSite();
  return (
    <div class="page-body">
      <PageTitle>{page.title}</PageTitle>
      {site.phone && (
        <p class="soft">Would you rather talk? <PhoneLink phone={site.phone} /> {site.phone_note}</p>
      )}
      {page.form && <FormView form={page.form} source={page.path} level={2} />}
    </div>
  );
}
