import { notifications } from "@mantine/notifications";
import { useEffect, useRef } from "react";
import type { Notice } from "../../protocol/messages";
import { words } from "../words";
import { go, useRoute } from "./route";
import { useDesk, useSession } from "./session";

/** Opens a notice's conversation and tells the gateway it was seen. */
export function useOpenNotice(): (notice: Notice) => void {
  const session = useSession();
  return (notice) => {
    go({ conversation: notice.conversation_id, contact: false });
    session.ask({ type: "read_notice", notice_id: notice.notice_id }).catch(() => null);
  };
}

/** A toast for every notice that arrives while the console is open. */
export function useNoticeToasts(): void {
  const notices = useDesk((desk) => desk.notices);
  const open = useOpenNotice();
  const { conversation } = useRoute();
  const opened = useRef(new Date().toISOString());
  const known = useRef(new Set<string>());
  useEffect(() => {
    for (const notice of notices) {
      if (known.current.has(notice.notice_id)) continue;
      known.current.add(notice.notice_id);
      const isOpen = notice.conversation_id === conversation && document.visibilityState === "visible";
      if (isOpen || Date.parse(notice.at) < Date.parse(opened.current)) continue;
      const id = `notice ${notice.notice_id}`;
      const show = () => (open(notice), notifications.hide(id));
      notifications.show({
        id,
        message: notice.text,
        onClick: show,
        style: { cursor: "pointer" },
        closeButtonProps: { "aria-label": words.dismiss },
      });
    }
  }, [notices, open, conversation]);
}
