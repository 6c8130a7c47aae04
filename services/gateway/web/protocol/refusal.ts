import type { Problem } from "./messages";

/** The server said no: `problem.title` is for people, `problem.code` for programs. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "Refusal";
  }

  /** The same may work in a moment, and has its effect once: too many at once, or a part of the server is away. */
  get temporary(): boolean {
    return this.problem.status === 429 || this.problem.status >= 500;
  }

  /** There is no such thing here, or not for whoever asks. */
  get missing(): boolean {
    return this.problem.status === 404;
  }
}
