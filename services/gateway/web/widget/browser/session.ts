import { call, type EntriesPage } from "../../protocol/http";
import type { Accepted, LiveCall, PageInput, Polled, VisitorAsk, WidgetSession } from "../../protocol/messages";
import { alone } from "./alone";
import type { Memory } from "./memory";

/** Calls to the gateway as this visitor; the token stays in this file and in the browser's memory. */
export interface Visitor {
  /** All there is to know now. One tab at a time, so that two tabs of a new visitor become one person. */
  session(page: PageInput, locale: string): Promise<WidgetSession>;
  headers(): Record<string, string>;
  token(): string | null;
  /** The token that was last shown counts no more; one that another tab has got since stays. */
  forget(): void;
  ask(ask: VisitorAsk, signal: AbortSignal): Promise<Accepted>;
  live(call: LiveCall, signal?: AbortSignal): Promise<Polled>;
  earlier(conversation_id: string, before: number): Promise<EntriesPage>;
  fileUrl(file_id: string): Promise<string>;
}

export function visitorOf(channel_id: string, memory: Memory): Visitor {
  const token = () => memory.get("token") || null;
  let shown: string | null = null;
  const headers = (): Record<string, string> => {
    const known = (shown = token());
    return known ? { Authorization: `Bearer ${known}` } : {};
  };
  return {
    headers,
    token: () => (shown = token()),
    forget: () => shown === token() && memory.set("token", ""),
    async session(page, locale) {
      let session: WidgetSession | undefined;
      await alone(`parley session ${channel_id}`, async () => {
        const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
        let known;
        do {
          known = token();
          const body = { channel_id, page, locale, time_zone, ...(known ? { token: known } : {}) };
          session = await call<WidgetSession>("/api/widget/session", { method: "POST", body });
        } while (known !== token()); // Forgotten meanwhile: the answer is for who was here before.
        memory.set("token", session.token);
      });
      return session!;
    },
    ask: (ask, signal) => call<Accepted>("/api/widget/asks", { method: "POST", body: ask, headers: headers(), signal }),
    live: (body, signal) => call<Polled>("/api/widget/live", { method: "POST", body, headers: headers(), signal }),
    earlier: (id, before) => call<EntriesPage>(`/api/widget/conversations/${id}?before=${before}`, { headers: headers() }),
    fileUrl: (id) => call<{ url: string }>(`/api/widget/files/${id}`, { headers: headers() }).then(({ url }) => url),
  };
}
