import type { JSX } from "preact";

import { CarePanel } from "../parts/care-panel";
import { inPanel } from "../parts/heading";
import type { HeadedProps } from "./props";

/** When to get help, in a body. */
export const WarningBlock = ({ value, level }: HeadedProps<"warning">): JSX.Element => (
  <CarePanel {...value} headingLevel={inPanel(level)} />
);
