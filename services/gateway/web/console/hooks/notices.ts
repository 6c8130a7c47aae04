import { notifications } from "@mantine/notifications";
import { useEffect, useRef } from "react";
import type { Notice } from "../../protocol/messages";
import { words } from "../words";
import { go, useRoute } from "./route";
import { useDesk, useSession } from "./session";
import { useVisible } from "./visible";

const toastOf = (noticeId: string) => `notice ${noticeId}`;

/** Opens what a notice is about. */
export const openNotice = (notice: Notice) => go({ conversation: notice.conversation_id, contact: false });

/** Whoever looks at a conversation has seen what they were told of it. */
export function useSeenNotices(id: string): void {
  const session = useSession();
  const notices = useDesk((desk) => desk.notices);
  const visible = useVisible();
  const told = useRef(new Set<string>());
  useEffect(() => {
    if (!visible) return;
    for (const { notice_id, conversation_id } of notices) {
      if (conversation_id !== id || told.current.has(notice_id)) continue;
      told.current.add(notice_id);
      notifications.hide(toastOf(notice_id));
      session.ask({ type: "read_notice", notice_id }).catch(() => told.current.delete(notice_id));
    }
  }, [id, notices, visible, session]);
}

/** A toast for every notice that arrives while the console is open, but not for what is being looked at. */
export function useNoticeToasts(): void {
  const notices = useDesk((desk) => desk.notices);
  const { conversation } = useRoute();
  const opened = useRef(new Date().toISOString());
  const known = useRef(new Set<string>());
  useEffect(() => {
    for (const notice of notices) {
      if (known.current.has(notice.notice_id)) continue;
      known.current.add(notice.notice_id);
      const isOpen = notice.conversation_id === conversation && document.visibilityState === "visible";
      if (isOpen || Date.parse(notice.at) < Date.parse(opened.current)) continue;
      const id = toastOf(notice.notice_id);
      const show = () => (openNotice(notice), notifications.hide(id));
      notifications.show({
        id,
        title: words.notices.kinds[notice.kind],
        message: notice.text,
        onClick: show,
        style: { cursor: "pointer" },
        closeButtonProps: { "aria-label": words.dismiss },
      });
    }
  }, [notices, conversation]);
}
