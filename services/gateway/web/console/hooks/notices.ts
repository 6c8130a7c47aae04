import { useEffect, useRef } from "react";
import type { Notice } from "../../protocol/messages";
import { freshNotices } from "../state/notices";
import { words } from "../words";
import { go, useRoute } from "./route";
import { useDesk, useSession } from "./session";
import { hideToast, toast } from "./toast";
import { useVisible } from "./visible";

const toastOf = (noticeId: string) => `notice ${noticeId}`;

/** Opens what a notice is about. */
export const openNotice = (notice: Notice) => go({ conversation: notice.conversation_id, contact: false });

const NONE: readonly Notice[] = [];

/** What I have not seen yet, as far as it is known. */
export const useNotices = () => useDesk((desk) => desk.notices) ?? NONE;

/** Whoever looks at a conversation has seen what they were told of it. */
export function useSeenNotices(id: string): void {
  const session = useSession();
  const notices = useNotices();
  const visible = useVisible();
  const told = useRef(new Set<string>());
  useEffect(() => {
    if (!visible) return;
    for (const { notice_id, conversation_id } of notices) {
      if (conversation_id !== id || told.current.has(notice_id)) continue;
      told.current.add(notice_id);
      hideToast(toastOf(notice_id));
      session.ask({ type: "read_notice", notice_id }).catch(() => told.current.delete(notice_id));
    }
  }, [id, notices, visible, session]);
}

/** A toast for every notice that arrives while the console is open, but not for what is being looked at. */
export function useNoticeToasts(): void {
  const notices = useDesk((desk) => desk.notices);
  const { conversation } = useRoute();
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (!notices) return;
    const fresh = freshNotices(known.current, notices);
    known.current = new Set(notices.map((notice) => notice.notice_id));
    for (const notice of fresh) {
      if (notice.conversation_id === conversation && document.visibilityState === "visible") continue;
      const id = toastOf(notice.notice_id);
      const show = () => (openNotice(notice), hideToast(id));
      toast({
        id,
        title: words.notices.kinds[notice.kind],
        message: notice.text,
        onClick: show,
        style: { cursor: "pointer" },
      });
    }
  }, [notices, conversation]);
}
