import { Notifications } from "@mantine/notifications";
import { useEffect, useState } from "react";
import type { Me } from "../../protocol/messages";
import { useNoticeToasts } from "../hooks/notices";
import { useRoute } from "../hooks/route";
import { SessionContext, useDesk } from "../hooks/session";
import { useShortcuts } from "../hooks/shortcuts";
import { useStillSignedIn } from "../hooks/signedin";
import { useTitle } from "../hooks/title";
import { useUi } from "../hooks/ui";
import { useRoom } from "../hooks/wide";
import { type Session, startSession } from "../state/session";
import { words } from "../words";
import styles from "./console.module.css";
import { ContactPane } from "./contact/ContactPane";
import { Dialogs } from "./dialogs/Dialogs";
import { ListPane } from "./list/ListPane";
import { ViewsNav } from "./list/ViewsNav";
import { fetchEditor } from "./editor/Composer";
import { OfflineBar } from "./OfflineBar";
import { Guard } from "./parts/Guard";
import { Hidden } from "./parts/Hidden";
import { Rail } from "./rail/Rail";
import { TabBar } from "./rail/TabBar";
import { NoThread } from "./thread/NoThread";
import { ThreadPane } from "./thread/ThreadPane";

interface Props {
  me: Me;
  onSignedOut(): void;
}

/** One agent's console, from connecting to signing out. */
export function Console({ me, onSignedOut }: Props) {
  const [session, setSession] = useState<Session | null>(null);
  useEffect(fetchEditor, []);
  useEffect(() => {
    const started = startSession(me);
    setSession(started);
    return () => started.stop();
  }, [me]);
  if (!session) return null;
  return (
    <SessionContext value={session}>
      <Panes onSignedOut={onSignedOut} />
    </SessionContext>
  );
}

function Panes({ onSignedOut }: { onSignedOut(): void }) {
  const route = useRoute();
  const room = useRoom();
  const signedOut = useDesk((desk) => desk.signedOut);
  const contactHidden = useUi((ui) => ui.contactHidden);
  useTitle();
  useShortcuts();
  useNoticeToasts();
  useStillSignedIn();
  useEffect(() => {
    if (signedOut) onSignedOut();
  }, [signedOut, onSignedOut]);

  const { conversation } = route;
  const beside = conversation !== null && room.contact && !contactHidden;
  return (
    <div className={styles.page}>
      <OfflineBar />
      <div className={`${styles.shell} ${room.views ? styles.withViews : ""}`}>
        {!room.phone && <Rail onSignedOut={onSignedOut} />}
        {room.views && <ViewsNav />}
        <main className={styles.main}>
          <Hidden>
            <h1>{words.rail.inbox}</h1>
          </Hidden>
          <div className={`${styles.sheet} ${beside ? styles.withContact : ""}`}>
            {(!room.phone || !conversation) && (
              <Guard>
                <ListPane />
              </Guard>
            )}
            {conversation ? (
              <Guard key={conversation}>
                <ThreadPane id={conversation} />
              </Guard>
            ) : (
              !room.phone && <NoThread />
            )}
            {conversation && (
              <Guard key={`contact ${conversation}`}>
                <ContactPane id={conversation} beside={beside} />
              </Guard>
            )}
          </div>
          <div id="floating" />
        </main>
      </div>
      {room.phone && !conversation && <TabBar onSignedOut={onSignedOut} />}
      <Dialogs onSignedOut={onSignedOut} />
      <Notifications position={room.phone ? "top-center" : "bottom-right"} autoClose={6000} />
    </div>
  );
}
