import { useCallback, useMemo, useState } from "react";
import { newId } from "../../../protocol/ids";
import type { FileUploaded } from "../../../protocol/messages";
import { Refusal } from "../../../protocol/refusal";
import { queries } from "../../queries";
import { upload } from "../../state/api";
import { words } from "../../words";

const LARGEST = 25 * 1024 * 1024;
const MOST = 10;

/** A file on its way: `part` of it has left, then it is `done` or has a `problem`. */
export interface Uploading {
  key: string;
  name: string;
  part: number;
  done: FileUploaded | null;
  problem: string | null;
  stop(): void;
}

export interface Uploads {
  all: Uploading[];
  /** Those that arrived. */
  files: FileUploaded[];
  busy: boolean;
  add(files: File[]): void;
  remove(key: string): void;
  clear(): void;
}

const kept = (done: FileUploaded): Uploading => ({
  key: done.file_id,
  name: done.name,
  part: 1,
  done,
  problem: null,
  stop: () => {},
});

function problemOf(error: unknown): string {
  return error instanceof Refusal ? error.message : words.editor.uploadFailed;
}

/** The files of one draft. A refused file says why and stands in nobody's way. */
export function useUploads(start: readonly FileUploaded[]): Uploads {
  const [all, setAll] = useState<Uploading[]>(() => start.map(kept));
  const change = useCallback((key: string, next: Partial<Uploading>) => {
    setAll((now) => now.map((one) => (one.key === key ? { ...one, ...next } : one)));
  }, []);

  const begin = useCallback(
    (file: File, crowded: boolean): Uploading => {
      const key = newId();
      const base = { key, name: file.name, part: 0, done: null, stop: () => {} };
      if (crowded) return { ...base, problem: words.editor.tooMany };
      if (file.size > LARGEST) return { ...base, problem: words.editor.tooLarge };
      const aborter = new AbortController();
      upload(file, (part) => change(key, { part }), aborter.signal).then(
        (done) => {
          queries.setQueryData(["file", done.file_id], { url: done.url });
          change(key, { done, part: 1 });
        },
        (error: unknown) => change(key, { problem: problemOf(error) }),
      );
      return { ...base, problem: null, stop: () => aborter.abort() };
    },
    [change],
  );

  const count = all.filter((one) => !one.problem).length;
  const add = useCallback(
    (files: File[]) => {
      const begun = files.map((file, n) => begin(file, count + n >= MOST));
      setAll((now) => [...now, ...begun]);
    },
    [begin, count],
  );

  const remove = useCallback((key: string) => {
    setAll((now) => now.filter((one) => one.key !== key || void one.stop()));
  }, []);
  const clear = useCallback(() => setAll([]), []);
  const files = useMemo(() => all.flatMap((one) => (one.done ? [one.done] : [])), [all]);
  const busy = all.some((one) => !one.done && !one.problem);
  return { all, files, busy, add, remove, clear };
}
