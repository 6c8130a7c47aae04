import { Component, type ReactNode } from "react";
import { words } from "../../words";
import { BrokenArt } from "./Art";
import { Button } from "./Button";
import { Empty } from "./Empty";

interface Props {
  children: ReactNode;
  /** Where the message stands when it cannot stand in the pane's own place. */
  within?: (message: ReactNode) => ReactNode;
}

const say = words.broken;

function Broken() {
  return (
    <div role="alert" style={{ display: "contents" }}>
      <Empty art={<BrokenArt />} title={say.title} text={say.text}>
        <Button onClick={() => location.reload()}>{say.reload}</Button>
      </Empty>
    </div>
  );
}

/** A pane that breaks, or whose code could not be fetched, says so in its own place; the others go on. */
export class Guard extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    const { children, within = (message) => message } = this.props;
    return this.state.broken ? within(<Broken />) : children;
  }
}
