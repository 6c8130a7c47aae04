/** Calls of the HTTP protocol. A problem comes back as a `Refusal`; no answer at all as the browser's own `TypeError`. */
import type { Entry, FileUploaded, Problem } from "./messages";
import { Refusal } from "./refusal";

/** Older entries of a thread; `earlier` is where to go on, null at the start. */
export interface EntriesPage {
  entries: Entry[];
  earlier: number | null;
}

export interface Call {
  method?: "GET" | "POST" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** Asks the server and gives its JSON answer, undefined where it has nothing to say (204). */
export async function call<T>(url: string, { method = "GET", body, headers, signal }: Call = {}): Promise<T> {
  const json: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
  const answer = await fetch(url, {
    method,
    headers: { Accept: "application/json", ...json, ...headers },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  });
  if (!answer.ok) throw new Refusal(problemOf(answer.status, await answer.text()));
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** Sends one file; `onProgress` hears the part that has left, 0 to 1. */
export function upload(
  url: string, file: File, headers: Record<string, string>, onProgress: (part: number) => void, signal?: AbortSignal,
): Promise<FileUploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file, file.name);
    request.open("POST", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onProgress(event.total ? event.loaded / event.total : 1);
    request.onerror = () => reject(new TypeError("The file could not be sent"));
    request.onabort = () => reject(new DOMException("Taken back", "AbortError"));
    request.onload = () => {
      const stored = request.status < 300 && fileIn(request.responseText);
      if (stored) resolve(stored);
      else reject(new Refusal(problemOf(request.status, request.responseText)));
    };
    signal?.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

/** What an upload was stored as; null where the answer says nothing of the kind. */
export function fileIn(text: string): FileUploaded | null {
  try {
    const found = JSON.parse(text) as FileUploaded | null;
    return found?.file_id ? found : null;
  } catch {
    return null;
  }
}

/** The problem in an answer; anything else that failed (a proxy's page, say) is described by its status alone. */
export function problemOf(status: number, text: string): Problem {
  try {
    const found = JSON.parse(text) as Partial<Problem> | null;
    if (found && typeof found.code === "string" && typeof found.title === "string") {
      return { code: found.code, status, title: found.title, detail: found.detail ?? null };
    }
  } catch {
    // Not JSON: nothing more to learn from it.
  }
  return { code: `http_${status}`, status, title: "The server did not answer as expected", detail: null };
}
