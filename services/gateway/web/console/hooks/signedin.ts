import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Refusal } from "../../protocol/refusal";
import { SESSION } from "../queries";
import { api } from "../state/api";
import { useDesk } from "./session";

const EVERY_MS = 15_000;

/** A socket that is refused looks like a lost connection: asks by HTTP whether the session has ended instead. */
export function useStillSignedIn(): void {
  const client = useQueryClient();
  const offline = useDesk((desk) => desk.live === "offline");
  useEffect(() => {
    if (!offline) return;
    const check = () =>
      api.session().catch((error: unknown) => {
        if (error instanceof Refusal && error.problem.status === 401) client.setQueryData(SESSION, null);
      });
    void check();
    const timer = setInterval(() => void check(), EVERY_MS);
    return () => clearInterval(timer);
  }, [offline, client]);
}
