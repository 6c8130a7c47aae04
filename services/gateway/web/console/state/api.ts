/** The gateway's HTTP calls, as `docs/protocol.md` lists them. */

import { call, upload as uploadTo, type EntriesPage } from "../../protocol/http";
import type {
  Accepted,
  AgentAsk,
  Contact,
  Counters,
  FileUploaded,
  LiveCall,
  Me,
  Notice,
  Person,
  Polled,
  Rows,
  Thread,
  View,
} from "../../protocol/messages";
import { Refusal } from "../../protocol/refusal";

/** Whether somebody was told to sign in first. */
export const isSignedOut = (error: unknown) => error instanceof Refusal && error.problem.status === 401;

const headers = { "X-Parley": "1" };
const get = <T>(url: string) => call<T>(url, { headers });

const rowsUrl = (view: View, after: string | null) =>
  `/api/conversations?view=${view}&limit=50${after === null ? "" : `&after=${encodeURIComponent(after)}`}`;

export const api = {
  signIn: (address: string, password: string) =>
    call<Me>("/api/session", { method: "POST", body: { address, password }, headers }),
  session: () => get<Me>("/api/session"),
  signOut: () => call<undefined>("/api/session", { method: "DELETE", headers }),
  people: () => get<Person[]>("/api/people"),
  notices: () => get<Notice[]>("/api/notices"),
  counters: () => get<Counters>("/api/views"),
  rows: (view: View, after: string | null) => get<Rows>(rowsUrl(view, after)),
  thread: (id: string) => get<Thread>(`/api/conversations/${id}`),
  earlier: (id: string, before: number) => get<EntriesPage>(`/api/conversations/${id}/entries?before=${before}`),
  contacts: (sought: string) => get<Contact[]>(`/api/contacts?query=${encodeURIComponent(sought)}`),
  file: (id: string) => get<{ url: string }>(`/api/files/${id}`),
  live: (body: LiveCall, signal?: AbortSignal) => call<Polled>("/api/live", { method: "POST", body, headers, signal }),
  ask: (ask: AgentAsk, signal: AbortSignal) => call<Accepted>("/api/asks", { method: "POST", body: ask, headers, signal }),
};

/** Sends a file; `onProgress` hears the part that has left, 0 to 1. */
export function upload(file: File, onProgress: (part: number) => void, signal: AbortSignal): Promise<FileUploaded> {
  return uploadTo("/api/files", file, headers, onProgress, signal);
}
