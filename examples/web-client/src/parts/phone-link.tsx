import type { JSX } from "preact";

interface Props {
  phone: string;
  label?: string;
  class?: string;
}

/** A phone number that a tap calls; `label` stands in place of the number. */
export function PhoneLink({ phone, label, class: name = "phone" }: Props): JSX.Element {
  return <a class={name} href={`tel:${phone.replace(/[^+\d]/g, "")}`}>{label ?? phone}</a>;
}
