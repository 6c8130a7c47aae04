import { expect, test } from "vitest";
import { ana, assigned, ben, closed, given, reopened, said, started } from "./given";
import { evolveThreads, withEarlier, type Thread } from "./threads";

const story = [started(10), said(ana)(20), assigned(30), said(ben)(40), closed(50), reopened(60)];

test("events make the same thread that a snapshot shows", () => {
  const [thread] = story.reduce<Thread[]>(evolveThreads, []);
  expect(thread).toEqual(given(started, said(ana), assigned, said(ben), closed, reopened));
});

test("an event that comes again changes nothing", () => {
  const threads = story.reduce<Thread[]>(evolveThreads, []);
  expect(evolveThreads(threads, said(ben)(40))).toBe(threads);
});

test("a conversation whose start is unknown is left to the next snapshot", () => {
  expect(evolveThreads([], said(ana)(20))).toEqual([]);
});

test("an ended thread says so, and is open again when reopened", () => {
  const upTo = (count: number) => story.slice(0, count).reduce<Thread[]>(evolveThreads, [])[0]?.status;
  expect([upTo(4), upTo(5), upTo(6)]).toEqual(["open", "closed", "open"]);
});

test("earlier entries come in front", () => {
  const late = { ...given(started, said(ana), said(ben)), entries: [said(ben)(30)], earlier: 30 };
  const [thread] = withEarlier([late], "c1", { entries: [started(10), said(ana)(20)], earlier: null });
  expect(thread?.entries.map(({ position }) => position)).toEqual([10, 20, 30]);
  expect(thread?.earlier).toBeNull();
});
