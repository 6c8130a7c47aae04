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
  forget(): void;
  ask(ask: VisitorAsk, signal: AbortSignal): Promise<Accepted>;
  live(call: LiveCall, signal?: AbortSignal): Promise<Polled>;
  earlier(conversation_id: string, before: number): Promise<EntriesPage>;
  fileUrl(file_id: string): Promise<string>;
}

export function visitorOf(channel_id: string, memory: Memory): Visitor {
  const token = () => memory.get("token") || null;
  const headers = (): Record<string, string> => {
    const known = token();
    return known ? { Authorization: `Bearer ${known}` } : {};
  };
  return {
    headers,
    token,
    forget: () => memory.set("token", ""),
    async session(page, locale) {
      let session: WidgetSession | undefined;
      await alone(`parley session ${channel_id}`, async () => {
        const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
        const known = token();
        const body = { channel_id, page, locale, time_zone, ...(known ? { token: known } : {}) };
        session = await call<WidgetSession>("/api/widget/session", { method: "POST", body });
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
