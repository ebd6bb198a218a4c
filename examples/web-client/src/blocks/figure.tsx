import type { JSX } from "preact";

import { Picture } from "../parts/picture";
import type { ValueProps } from "./props";

/** A picture with its caption; nothing once the picture is gone. */
export function FigureBlock({ value: { image, caption } }: ValueProps<"figure">): JSX.Element | null {
  if (!image) return null;
  return (
    <figure class="figure">
      <Picture image={image} sizes="(min-width: 64em) 720px, 94vw" />
      {(caption || image.credit) && (
        <figcaption>
          <span dangerouslySetInnerHTML={{ __html: caption }} /> {image.credit && <small>Picture: {image.credit}</small>}
        </figcaption>
      )}
    </figure>
  );
}
