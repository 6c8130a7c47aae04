import { useMemo, useState, useSyncExternalStore } from "react";
import type { FileUploaded } from "../../../protocol/messages";
import { useSession } from "../../hooks/session";
import type { Draft, Mode } from "../../state/drafts";
import type { Uploading } from "../../state/uploads";

const MOST = 10;

export interface Uploads {
  all: readonly Uploading[];
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

/** The files of one draft: those kept with it, then those added since. A refused file says why and stands in nobody's way. */
export function useUploads(id: string, mode: Mode, draft: Draft): Uploads {
  const added = useSession().uploads(id, mode);
  const later = useSyncExternalStore(added.subscribe, added.get);
  const [from, setFrom] = useState<Draft | null>(null);
  const [earlier, setEarlier] = useState<Uploading[]>([]);
  if (from !== draft) {
    const known = new Set(later.map((one) => one.done?.file_id));
    setFrom(draft);
    setEarlier(draft.files.filter((file) => !known.has(file.file_id)).map(kept));
  }
  const all = useMemo(() => [...earlier, ...later], [earlier, later]);
  const files = useMemo(() => all.flatMap((one) => (one.done ? [one.done] : [])), [all]);
  return {
    all,
    files,
    busy: all.some((one) => !one.done && !one.problem),
    add: (more) => added.add(more, MOST - all.filter((one) => !one.problem).length),
    remove: (key) => {
      setEarlier((now) => now.filter((one) => one.key !== key));
      added.remove(key);
    },
    clear: () => {
      setEarlier([]);
      added.clear();
    },
  };
}
