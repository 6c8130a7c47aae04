import { facesOf } from "../state/chat";
import { pictureOf } from "../state/reading";
import { useChat } from "./widget";

/** Somebody's portrait; their name stands beside it as text. */
export function Face({ id }: { id: string }) {
  return <img class="face" src={pictureOf(id, facesOf(useChat()))} alt="" width={28} height={28} />;
}
