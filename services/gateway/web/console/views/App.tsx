import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Me } from "../../protocol/messages";
import { api, isSignedOut } from "../state/api";
import { SESSION } from "../queries";
import { words } from "../words";
import { Console } from "./Console";
import { Failed } from "./parts/Failed";
import { SignIn } from "./SignIn";

/** Who is signed in, else null: that nobody is, is an answer and not an error. */
async function whoAmI(): Promise<Me | null> {
  return api.session().catch((error: unknown) => {
    if (isSignedOut(error)) return null;
    throw error;
  });
}

/** The console for who is signed in, the sign-in page for everybody else. */
export function App() {
  const client = useQueryClient();
  const session = useQuery({ queryKey: SESSION, queryFn: whoAmI, staleTime: Infinity });
  const put = (me: Me | null) => client.setQueryData(SESSION, me);

  if (session.error) return <Failed title={words.failed} error={session.error} onRetry={() => void session.refetch()} />;
  if (session.data === undefined) return null;
  if (session.data === null) return <SignIn onSignedIn={put} />;
  return <Console key={session.data.account_id} me={session.data} />;
}
