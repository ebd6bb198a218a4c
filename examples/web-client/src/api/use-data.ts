import { useEffect, useState } from "preact/hooks";

export type Data<T> = { state: "loading" } | { state: "ready"; data: T } | { state: "failed"; reason: unknown };

/** Returns what `load` brings, and asks again whenever `key` is another; an answer that comes too late is dropped. */
export function useData<T>(load: () => Promise<T>, key: string): Data<T> {
  const [known, setKnown] = useState<{ key: string; data: Data<T> }>({ key, data: { state: "loading" } });
  useEffect(() => {
    let isWanted = true;
    const tell = (data: Data<T>): void => {
      if (isWanted) setKnown({ key, data });
    };
    load().then(
      (data) => tell({ state: "ready", data }),
      (reason: unknown) => tell({ state: "failed", reason }),
    );
    return () => {
      isWanted = false;
    };
  }, [key]);
  return known.key === key ? known.data : { state: "loading" };
}
