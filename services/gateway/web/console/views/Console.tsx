import { Notifications } from "@mantine/notifications";
import { useEffect, useState } from "react";
import type { Me } from "../../protocol/messages";
import { tellRefusal } from "../hooks/ask";
import { useNoticeToasts } from "../hooks/notices";
import { usePlace } from "../hooks/place";
import { useRoute } from "../hooks/route";
import { SessionContext } from "../hooks/session";
import { useShortcuts } from "../hooks/shortcuts";
import { useStillSignedIn } from "../hooks/signedin";
import { useTitle } from "../hooks/title";
import { useUi } from "../hooks/ui";
import { useRoom } from "../hooks/wide";
import { type Session, startSession } from "../state/session";
import { words } from "../words";
import styles from "./console.module.css";
import { ContactPane } from "./contact/ContactPane";
import { Dialogs, fetchDialogs } from "./dialogs/Dialogs";
import { ListPane } from "./list/ListPane";
import { ViewsNav } from "./list/ViewsNav";
import { fetchEditor } from "./editor/Box";
import { OfflineBar } from "./OfflineBar";
import { Guard } from "./parts/Guard";
import { Hidden } from "./parts/Hidden";
import { Rail } from "./rail/Rail";
import { TabBar } from "./rail/TabBar";
import { NoThread } from "./thread/NoThread";
import { ThreadPane } from "./thread/ThreadPane";

const whenIdle = (then: () => void) => void (globalThis.requestIdleCallback ?? setTimeout)(then);
const fetchLater = () => (fetchEditor(), fetchDialogs());

/** One agent's console, from connecting to signing out. */
export function Console({ me }: { me: Me }) {
  const [session, setSession] = useState<Session | null>(null);
  useEffect(() => whenIdle(fetchLater), []);
  useEffect(() => {
    const started = startSession(me, tellRefusal);
    setSession(started);
    return () => started.stop();
  }, [me]);
  if (!session) return null;
  return (
    <SessionContext value={session}>
      <Panes />
    </SessionContext>
  );
}

function Panes() {
  const route = useRoute();
  const room = useRoom();
  const contactHidden = useUi((ui) => ui.contactHidden);
  usePlace();
  useTitle();
  useShortcuts();
  useNoticeToasts();
  useStillSignedIn();

  const { conversation } = route;
  const beside = conversation !== null && room.contact && !contactHidden;
  return (
    <div className={styles.page}>
      <OfflineBar />
      <div className={`${styles.shell} ${room.views ? styles.withViews : ""}`}>
        {!room.phone && <Rail />}
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
      {room.phone && !conversation && <TabBar />}
      <Dialogs />
      <Notifications className={conversation ? styles.belowHead : styles.aboveTabs} position={room.phone ? "top-center" : "bottom-left"} zIndex={250} />
    </div>
  );
}
