import type { JSX } from "preact";

import type { ValueProps } from "./props";

/** A table, which scrolls sideways by itself where it does not fit. The cells of a rich-text column are HTML. */
export function TableBlock({ value: { table, first_column_is_header: isHeaded } }: ValueProps<"table">): JSX.Element {
  const cell = (text: string, index: number): JSX.Element => {
    const content = table.columns[index]?.type === "rich_text"
      ? { dangerouslySetInnerHTML: { __html: text } }
      : { children: text };
    return isHeaded && index === 0 ? <th key={index} scope="row" {...content} /> : <td key={index} {...content} />;
  };
  return (
    <div class="table-scroll" role="region" tabIndex={0} aria-label={table.caption || "Table"}>
      <table>
        {table.caption && <caption>{table.caption}</caption>}
        <thead>
          <tr>{table.columns.map((column, index) => <th key={index} scope="col">{column.heading}</th>)}</tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => <tr key={index}>{row.map(cell)}</tr>)}
        </tbody>
      </table>
    </div>
  );
}
