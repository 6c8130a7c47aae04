import { words } from "../../words";
import { BrokenArt } from "./Art";
import { Button } from "./Button";
import { Empty } from "./Empty";

interface Props {
  title: string;
  error: Error;
  onRetry(): void;
}

/** A pane that could not be filled, why, and the way to try again. */
export function Failed({ title, error, onRetry }: Props) {
  return (
    <div role="alert" style={{ display: "contents" }}>
      <Empty art={<BrokenArt />} title={title} text={error instanceof TypeError ? words.signIn.unreachable : error.message}>
        <Button onClick={onRetry}>{words.list.again}</Button>
      </Empty>
    </div>
  );
}
