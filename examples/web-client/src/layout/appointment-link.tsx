import type { JSX } from "preact";

import { useSite } from "../site";

interface Props {
  href?: string | undefined;
  label?: string | undefined;
}

/** The way to the form for an appointment; nothing where the clinic has none. */
export function AppointmentLink({ href, label }: Props): JSX.Element | null {
  const site = useSite();
  const target = href ?? site.appointment_page?.path;
  return target ? <a class="button" href={target}>{label || site.appointment_label}</a> : null;
}
