import type { JSX } from "preact";

import { RichText } from "../parts/rich-text";
import { useSite } from "../site";

/** The notice at the top of every page; nothing while it is off. */
export function Banner(): JSX.Element | null {
  const { banner } = useSite();
  if (!banner) return null;
  return (
    <div class={`banner banner--${banner.level}`} role="region" aria-label="Notice">
      <RichText html={banner.text} class="wrap" />
    </div>
  );
}
