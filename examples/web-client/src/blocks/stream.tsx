import type { JSX } from "preact";

import type { Block } from "../api/types";
import type { Level } from "../parts/heading";
import { nothingFor } from "../parts/never";
import { RichText } from "../parts/rich-text";
import { EmbeddedForm } from "../forms/embedded-form";
import { BulletListBlock } from "./bullet-list";
import { CalloutBlock } from "./callout";
import { CtaBlock } from "./cta";
import { ExerciseBlock } from "./exercise";
import { FaqBlock } from "./faq";
import { FigureBlock } from "./figure";
import { HeadingBlock } from "./heading";
import { QuoteBlock } from "./quote";
import { TableBlock } from "./table";
import { WarningBlock } from "./warning";

interface Props {
  blocks: readonly Block[];
  /** The level of the headings of its sections. */
  level?: Level;
}

/** A stream of blocks, in one column. */
export function Stream({ blocks, level = 2 }: Props): JSX.Element {
  return (
    <div class="stream">
      {blocks.map((block) => <BlockView key={block.id} block={block} level={level} />)}
    </div>
  );
}

/** One block, whichever type it is of. */
function BlockView({ block, level }: { block: Block; level: Level }): JSX.Element | null {
  switch (block.type) {
    case "heading":
      return <HeadingBlock value={block.value} level={level} />;
    case "rich_text":
      return <RichText html={block.value} />;
    case "bullet_list":
      return <BulletListBlock value={block.value} />;
    case "quote":
      return <QuoteBlock value={block.value} />;
    case "table":
      return <TableBlock value={block.value} />;
    case "figure":
      return <FigureBlock value={block.value} />;
    case "callout":
      return <CalloutBlock value={block.value} level={level} />;
    case "warning":
      return <WarningBlock value={block.value} level={level} />;
    case "exercise":
      return <ExerciseBlock value={block.value} level={level} />;
    case "faq":
      return <FaqBlock value={block.value} level={level} />;
    case "cta":
      return <CtaBlock value={block.value} level={level} />;
    case "form_embed":
      return <EmbeddedForm value={block.value} level={level} />;
    default:
      return nothingFor(block);
  }
}
