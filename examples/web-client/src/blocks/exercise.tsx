import type { JSX } from "preact";

import { inPanel, Heading } from "../parts/heading";
import { Picture } from "../parts/picture";
import type { HeadedProps } from "./props";

/** An exercise, step by step. Its video is a link: nothing is loaded from elsewhere. */
export function ExerciseBlock({ value, level }: HeadedProps<"exercise">): JSX.Element {
  return (
    <article class="exercise">
      <Heading level={inPanel(level)}>{value.name}</Heading>
      {value.purpose && <p class="soft">{value.purpose}</p>}
      {value.image && <Picture image={value.image} sizes="(min-width: 48em) 340px, 90vw" class="exercise__picture" />}
      <ol class="prose list">
        {value.steps.map((html, index) => <li key={index} dangerouslySetInnerHTML={{ __html: html }} />)}
      </ol>
      {(value.dose || value.caution) && (
        <dl class="facts">
          {value.dose && <div><dt>How often</dt><dd>{value.dose}</dd></div>}
          {value.caution && <div><dt>Stop if</dt><dd>{value.caution}</dd></div>}
        </dl>
      )}
      {value.video_url && <p><a href={value.video_url}>Watch a video of “{value.name}”</a></p>}
    </article>
  );
}
