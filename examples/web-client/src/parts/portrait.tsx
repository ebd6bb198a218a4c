import type { JSX } from "preact";

import type { Image } from "../api/types";
import { Picture } from "./picture";

interface Props {
  photo: Image | null;
  initials: string;
  sizes: string;
  class?: string;
}

/** A face, or its initials where there is no photo. It tells nothing that the name beside it does not. */
export function Portrait({ photo, initials, sizes, class: more = "" }: Props): JSX.Element {
  return (
    <span class={`portrait ${more}`}>
      {photo ? <Picture image={photo} alt="" sizes={sizes} /> : <span aria-hidden="true">{initials}</span>}
    </span>
  );
}
