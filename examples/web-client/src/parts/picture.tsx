import type { JSX } from "preact";

import type { Image } from "../api/types";

interface Props {
  image: Image;
  /** How wide the picture stands, as the attribute `sizes` says it: the browser chooses the copy by it. */
  sizes: string;
  /** Words in place of the picture's own; empty where the text beside it says the same. */
  alt?: string;
  class?: string;
  /** For the one picture that is seen first. */
  isUrgent?: boolean;
}

/** A picture in the copy that fits; where it is cropped, the point that the editor has chosen stays in it. */
export function Picture({ image, sizes, alt, class: name, isUrgent = false }: Props): JSX.Element {
  const { focal_point: point, srcset } = image;
  return (
    <img
      class={name}
      src={image.src}
      srcset={srcset.map(({ url, width }) => `${url} ${width}w`).join(", ") || undefined}
      sizes={srcset.length > 0 ? sizes : undefined}
      alt={alt ?? image.alt}
      width={image.width}
      height={image.height}
      loading={isUrgent ? "eager" : "lazy"}
      style={point ? { objectPosition: `${point.x * 100}% ${point.y * 100}%` } : undefined}
    />
  );
}
