import { Component, type ReactNode } from "react";
import { words } from "../../words";
import { Failed } from "./Failed";

interface State {
  error: Error | null;
}

/** A pane that breaks says so in its own place; the others go on. */
export class Guard extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return <Failed title={words.failed} error={error} onRetry={() => this.setState({ error: null })} />;
  }
}
