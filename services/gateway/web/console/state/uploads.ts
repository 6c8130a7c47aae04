/** Files on their way to a draft. They arrive, and are kept with it, also while their author looks elsewhere. */

import { newId } from "../../protocol/ids";
import type { FileUploaded } from "../../protocol/messages";
import { Refusal } from "../../protocol/refusal";
import { addFile, type Mode } from "./drafts";
import type { Kept } from "./storage";
import { createStore, type Store } from "./store";

/** In bytes. */
const LARGEST = 25 * 1024 * 1024;

/** A file on its way: `part` of it has left, then it is `done` or has a `problem`. */
export interface Uploading {
  key: string;
  name: string;
  part: number;
  done: FileUploaded | null;
  problem: Refusal | "tooMany" | "tooLarge" | "uploadFailed" | null;
  stop(): void;
}

type Send = (file: File, onPart: (part: number) => void, signal: AbortSignal) => Promise<FileUploaded>;

/** What was added to one draft since the page was opened. */
export interface DraftUploads extends Pick<Store<readonly Uploading[]>, "get" | "subscribe"> {
  /** Begins at once; `room` is how many more the draft may hold. */
  add(files: readonly File[], room: number): void;
  remove(key: string): void;
  clear(): void;
}

export type Uploads = (conversation: string, mode: Mode) => DraftUploads;

export function createUploads(account: string, storage: Kept, send: Send): Uploads {
  const drafts = new Map<string, DraftUploads>();
  return (conversation, mode) => {
    const name = `${conversation} ${mode}`;
    const arrived = (file: FileUploaded) => addFile(storage, account, conversation, mode, file);
    const found = drafts.get(name) ?? uploadsTo(send, arrived);
    drafts.set(name, found);
    return found;
  };
}

function uploadsTo(send: Send, arrived: (file: FileUploaded) => void): DraftUploads {
  const { get, set, subscribe } = createStore<readonly Uploading[]>([]);
  const change = (key: string, next: Partial<Uploading>) =>
    set((now) => now.map((one) => (one.key === key ? { ...one, ...next } : one)));

  function begin(file: File, crowded: boolean): Uploading {
    const key = newId();
    const base = { key, name: file.name, part: 0, done: null, problem: null, stop: () => {} };
    if (crowded) return { ...base, problem: "tooMany" };
    if (file.size > LARGEST) return { ...base, problem: "tooLarge" };
    const aborter = new AbortController();
    send(file, (part) => change(key, { part }), aborter.signal).then(
      (done) => {
        arrived(done);
        change(key, { done, part: 1 });
      },
      (error: unknown) => change(key, { problem: error instanceof Refusal ? error : "uploadFailed" }),
    );
    return { ...base, stop: () => aborter.abort() };
  }

  return {
    get,
    subscribe,
    add: (files, room) => {
      const begun = files.map((file, n) => begin(file, n >= room));
      set((now) => [...now, ...begun]);
    },
    remove: (key) => set((now) => now.filter((one) => one.key !== key || void one.stop())),
    clear: () => set(() => []),
  };
}
