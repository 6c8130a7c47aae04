import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { SESSION } from "../queries";
import { api, isSignedOut } from "../state/api";
import { tellRefusal } from "./ask";
import { useDesk } from "./session";

const EVERY_MS = 15_000;

/** Shows the sign-in page instead of the console. */
function useLeave(): () => void {
  const client = useQueryClient();
  return useCallback(() => client.setQueryData(SESSION, null), [client]);
}

/** Signs out; when that does not get through one stays signed in, and is told. */
export function useSignOut(): () => void {
  const leave = useLeave();
  return useCallback(() => {
    api.signOut().then(leave, (error: unknown) => (isSignedOut(error) ? leave() : tellRefusal(error)));
  }, [leave]);
}

/** Leaves when the session has ended elsewhere. A socket that is refused looks like a lost connection: then HTTP is asked. */
export function useStillSignedIn(): void {
  const leave = useLeave();
  const offline = useDesk((desk) => desk.live === "offline");
  const ended = useDesk((desk) => desk.signedOut);
  useEffect(() => {
    if (ended) leave();
  }, [ended, leave]);
  useEffect(() => {
    if (!offline) return;
    const check = () => void api.session().catch((error: unknown) => isSignedOut(error) && leave());
    check();
    const timer = setInterval(check, EVERY_MS);
    return () => clearInterval(timer);
  }, [offline, leave]);
}
