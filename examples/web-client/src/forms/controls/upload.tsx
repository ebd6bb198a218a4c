import type { JSX } from "preact";
import { useState } from "preact/hooks";

import type { FieldOf, KeptFile } from "../../api/types";
import { useFormPlace } from "../form-context";
import { sendFile } from "../send";
import { Labelled } from "./labelled";
import type { ControlProps } from "./props";

/** Files: each is sent as soon as it is chosen, and the answer is the list of the tokens that come back. */
export function UploadControl({ field, typed, errors, onType }: ControlProps<FieldOf<"upload">>): JSX.Element {
  const { form } = useFormPlace();
  const [problem, setProblem] = useState("");
  const [isSending, setIsSending] = useState(false);
  const most = field.most ?? 1;
  const add = async (input: HTMLInputElement): Promise<void> => {
    const chosen = [...(input.files ?? [])];
    input.value = "";
    setProblem("");
    if (typed.files.length + chosen.length > most) {
      setProblem(most === 1 ? "Add no more than one file." : `Add no more than ${most} files.`);
      return;
    }
    setIsSending(true);
    const kept: KeptFile[] = [];
    try {
      for (const file of chosen) kept.push(await sendFile(form, field.id, file));
    } catch (reason) {
      setProblem(reason instanceof Error ? reason.message : String(reason));
    }
    onType({ ...typed, files: [...typed.files, ...kept] });
    setIsSending(false);
  };
  return (
    <Labelled field={field} errors={problem ? [...errors, { message: problem, code: "" }] : errors} hint={hintFor(most)}>
      {({ required: _files, ...wiring }) => (
        <>
          <input
            {...wiring}
            type="file"
            multiple={most > 1}
            accept=".jpg,.jpeg,.png,.heic,.webp,.pdf"
            disabled={isSending}
            onChange={(event) => void add(event.currentTarget)}
          />
          <p role="status">{isSending ? "Uploading…" : ""}</p>
          <KeptFiles files={typed.files} onRemove={(token) => onType({ ...typed, files: typed.files.filter((file) => file.token !== token) })} />
        </>
      )}
    </Labelled>
  );
}

const hintFor = (most: number): string =>
  most === 1 ? "A photo or a PDF of up to 10 MB." : `Up to ${most} photos or PDFs of up to 10 MB each.`;

function KeptFiles({ files, onRemove }: { files: readonly KeptFile[]; onRemove: (token: string) => void }): JSX.Element | null {
  if (files.length === 0) return null;
  return (
    <ul class="plain-list" aria-label="Files added">
      {files.map(({ token, name }) => (
        <li key={token}>
          {name}{" "}
          <button class="link-button" type="button" onClick={() => onRemove(token)}>
            Remove <span class="visually-hidden">{name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
