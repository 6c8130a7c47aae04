/** Unfinished words, per conversation and kind, kept in the browser's storage. */

import type { FileUploaded } from "../../protocol/messages";
import { type Kept, readJson } from "./storage";

export type Mode = "reply" | "comment";

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
