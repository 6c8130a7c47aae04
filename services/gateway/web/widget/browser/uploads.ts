/** Files on their way into the next message. A refused one says why and is simply not part of it. */
import { upload } from "../../protocol/http";
import type { Attachment } from "../../protocol/messages";
import { Refusal } from "../../protocol/refusal";
import { createStore, type Store } from "./store";

export const MAX_BYTES = 25 * 1024 * 1024;
export const MAX_FILES = 10;

export interface Chip {
  key: number;
  file: File;
  /** A picture to show at once, for images. */
  preview: string | null;
  /** 0 to 1. */
  part: number;
  state: "sending" | "done" | "failed" | "refused" | "too_big";
  reason: string | null;
  attachment: Attachment | null;
}

export interface Uploads {
  chips: Store<Chip[]>;
  /** The pictures of what was uploaded here, by file id: shown before the server is asked for them. */
  previews: Map<string, string>;
  add(files: Iterable<File>): void;
  again(key: number): void;
  remove(key: number): void;
  /** Takes the uploaded ones out, for a message. */
  take(): Attachment[];
  /** Sends the uploaded ones again: files belong to who uploads them, and that is somebody else now. */
  renew(): void;
  /** Throws all of them away. */
  clear(): void;
}

export function createUploads(headers: () => Record<string, string>): Uploads {
  const chips = createStore<Chip[]>([]);
  const previews = new Map<string, string>();
  const running = new Map<number, AbortController>();
  let last = 0;

  const change = (key: number, news: Partial<Chip>) =>
    chips.change((all) => all.map((chip) => (chip.key === key ? { ...chip, ...news } : chip)));
  const find = (key: number) => chips.get().find((chip) => chip.key === key);

  async function send({ key, file, preview }: Chip): Promise<void> {
    const control = new AbortController();
    running.set(key, control);
    change(key, { state: "sending", part: 0, reason: null });
    try {
      const stored = await upload("/api/widget/files", file, headers(), (part) => change(key, { part }), control.signal);
      if (preview) previews.set(stored.file_id, preview);
      const { file_id, name, media_type, size, width, height } = stored;
      change(key, { state: "done", attachment: { file_id, name, media_type, size, width, height } });
    } catch (error) {
      const refused = error instanceof Refusal && !error.temporary;
      change(key, refused ? { state: "refused", reason: error.problem.detail } : { state: "failed" });
    }
  }

  function chipOf(file: File): Chip {
    const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
    const state = file.size > MAX_BYTES ? "too_big" : "sending";
    return { key: ++last, file, preview, part: 0, state, reason: null, attachment: null };
  }

  return {
    chips,
    previews,
    add(files) {
      const room = MAX_FILES - chips.get().length;
      const fresh = [...files].slice(0, Math.max(room, 0)).map(chipOf);
      chips.change((all) => [...all, ...fresh]);
      for (const chip of fresh) if (chip.state === "sending") void send(chip);
    },
    again(key) {
      const chip = find(key);
      if (chip?.state === "failed") void send(chip);
    },
    remove(key) {
      running.get(key)?.abort();
      chips.change((all) => all.filter((chip) => chip.key !== key));
    },
    renew() {
      for (const chip of chips.get()) if (chip.state === "done") void send(chip);
    },
    clear() {
      for (const control of running.values()) control.abort();
      chips.change(() => []);
    },
    take() {
      const done = chips.get().filter(({ state }) => state === "done");
      chips.change((all) => all.filter(({ state }) => state !== "done"));
      return done.flatMap(({ attachment }) => attachment ?? []);
    },
  };
}
