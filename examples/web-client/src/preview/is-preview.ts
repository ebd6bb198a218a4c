import { createContext } from "preact";
import { useContext } from "preact/hooks";

export const PreviewContext = createContext(false);

/** Says whether what is drawn is the draft of a page, and not what readers see. */
export const useIsPreview = (): boolean => useContext(PreviewContext);
