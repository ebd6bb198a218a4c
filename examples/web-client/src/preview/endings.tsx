import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

import { setTitle } from "../head";
import { useSite } from "../site";

/** What is shown where the token is missing, wrong or too old. */
export const EndedPreview = (): JSX.Element => (
  <Ending title="This preview has ended">
    A preview can be seen for an hour. Open it again in the editor.
  </Ending>
);

/** What is shown where the user whose preview it is may not edit the page. */
export const ForbiddenPreview = (): JSX.Element => (
  <Ending title="You may not see this draft">
    Only people who may edit the page see its draft. Ask an administrator if you should.
  </Ending>
);

function Ending({ title, children }: { title: string; children: string }): JSX.Element {
  const site = useSite();
  useEffect(() => setTitle(title, site), [title, site]);
  return (
    <div class="page-body" role="alert">
      <h1>{title}</h1>
      <p>{children}</p>
    </div>
  );
}
