import type { JSX } from "preact";

/** An address, line by line. */
export const AddressLines = ({ lines }: { lines: string[] }): JSX.Element => (
  <address>
    {lines.map((line) => <span key={line} class="line">{line}</span>)}
  </address>
);
