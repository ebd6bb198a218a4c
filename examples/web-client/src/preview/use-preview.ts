import { useEffect, useState } from "preact/hooks";

import { loadPreview, Refusal } from "../api/client";
import type { Page } from "../api/types";

const PAUSE_IN_MS = 5_000;

/** What came of asking for a draft. One that is late was shown before, and the last time there was no answer. */
export type Preview =
  | { state: "loading" }
  | { state: "shown"; page: Page; isLate: boolean }
  | { state: "ended" }
  | { state: "forbidden" }
  | { state: "failed" };

/**
 * Returns the draft that `token` opens, and asks for it again while somebody looks, so that it follows the editor.
 *
 * A token that opens nothing is not asked with again, unless `attempt` is another.
 */
export function usePreview(token: string | null, attempt: number): Preview {
  const [preview, setPreview] = useState<Preview>({ state: "loading" });
  useEffect(() => {
    let isAsking = false;
    let isOver = false;
    const ask = async (): Promise<void> => {
      if (isAsking || document.hidden) return;
      isAsking = true;
      const answer = await answerTo(token);
      isAsking = false;
      if (isOver) return;
      if (answer.state === "ended" || answer.state === "forbidden") stop();
      setPreview((before) => following(before, answer));
    };
    const askIfSeen = (): void => void ask();
    const timer = setInterval(askIfSeen, PAUSE_IN_MS);
    const stop = (): void => {
      isOver = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", askIfSeen);
    };
    document.addEventListener("visibilitychange", askIfSeen);
    askIfSeen();
    return stop;
  }, [token, attempt]);
  return preview;
}

async function answerTo(token: string | null): Promise<Preview> {
  if (!token) return { state: "ended" };
  try {
    return { state: "shown", page: await loadPreview(token), isLate: false };
  } catch (reason) {
    const status = reason instanceof Refusal ? reason.status : null;
    if (status === 401) return { state: "ended" };
    return { state: status === 403 ? "forbidden" : "failed" };
  }
}

/** Returns what to show after an answer. A draft stays while none comes, and is not drawn anew for the same. */
function following(before: Preview, answer: Preview): Preview {
  if (before.state !== "shown") return answer;
  if (answer.state === "failed") return { ...before, isLate: true };
  if (answer.state !== "shown" || JSON.stringify(answer.page) !== JSON.stringify(before.page)) return answer;
  return before.isLate ? { ...before, isLate: false } : before;
}
