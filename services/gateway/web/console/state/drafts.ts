/** Unfinished words, per conversation and kind, kept in the browser's storage. */

import type { ConversationRow, FileUploaded } from "../../protocol/messages";
import { type Kept, readJson } from "./storage";

export const MODES = ["reply", "comment"] as const;
export type Mode = (typeof MODES)[number];

export interface Draft {
  html: string;
  files: FileUploaded[];
}

export const emptyDraft: Draft = { html: "", files: [] };

const key = (account: string, conversation: string, mode: Mode) => `parley.draft.${account}.${conversation}.${mode}`;

export function readDraft(storage: Kept, account: string, conversation: string, mode: Mode): Draft {
  return readJson<Draft>(storage, key(account, conversation, mode)) ?? emptyDraft;
}

export function keepDraft(storage: Kept, account: string, conversation: string, mode: Mode, draft: Draft): void {
  if (isEmpty(draft)) storage.removeItem(key(account, conversation, mode));
  else storage.setItem(key(account, conversation, mode), JSON.stringify(draft));
}

/** Whether there is anything to lose. */
export const isEmpty = ({ html, files }: Draft) => html === "" && files.length === 0;

/**
 * What is written in a conversation that was just opened, has ended, or begins again: what was written before if it is `begun`,
 * else whatever is, else what makes sense there.
 */
export function modeFor(status: ConversationRow["status"], before: Mode | undefined, begun: readonly Mode[]): Mode {
  if (before && begun.includes(before)) return before;
  return begun[0] ?? (status === "closed" ? "comment" : "reply");
}

/** Keeps one more file with what is written there. */
export function addFile(storage: Kept, account: string, conversation: string, mode: Mode, file: FileUploaded): void {
  const { html, files } = readDraft(storage, account, conversation, mode);
  keepDraft(storage, account, conversation, mode, { html, files: [...files, file] });
}

/** Puts words back that were not sent, before anything written since. */
export function giveBack(storage: Kept, account: string, conversation: string, mode: Mode, draft: Draft): void {
  const now = readDraft(storage, account, conversation, mode);
  const files = [...draft.files, ...now.files.filter((file) => !draft.files.some((other) => other.file_id === file.file_id))];
  keepDraft(storage, account, conversation, mode, { html: draft.html + now.html, files });
}
