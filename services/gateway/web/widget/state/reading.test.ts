import { describe, expect, test } from "vitest";
import {
  ana, assigned, ben, closed, given, handedOver, larch, noted, read, reopened, said, started, startedWithoutBot, unassigned, waiting,
} from "./given";
import { awaited, copyTo, newlyRead, quickRepliesOf, seenByTeam, speakerOf, unreadOf } from "./reading";

const unread = (...told: Parameters<typeof given>) => unreadOf(given(...told)).map(({ position }) => position);

describe("unread", () => {
  test("is what came after the visitor's own words", () => {
    expect(unread(started, said(larch), said(ana), said(ben), said(ben))).toEqual([40, 50]);
  });

  test("is nothing once it was read", () => {
    expect(unread(started, said(ana), said(ben), read("visitor", 30))).toEqual([]);
    expect(unread(started, said(ana), said(ben), read("agent", 30))).toEqual([30]);
  });

  test("is marked up to the newest message to the visitor", () => {
    expect(newlyRead(given(started, said(ana), said(ben), said(ben), assigned))).toBe(40);
    expect(newlyRead(given(started, said(ana)))).toBeNull();
  });
});

describe("the speaker", () => {
  const speaker = (...told: Parameters<typeof given>) => speakerOf(given(...told).entries);

  test("is the bot while it leads, the team after the hand-over, then the owner", () => {
    expect(speaker(started, said(ana))).toMatchObject({ kind: "bot", name: "Larch" });
    expect(speaker(started, said(larch), handedOver)).toEqual({ kind: "team" });
    expect(speaker(started, said(larch), handedOver, assigned, said(ana))).toMatchObject({ kind: "agent", id: "ben" });
  });

  test("is the team where nobody owns the conversation", () => {
    expect(speaker(startedWithoutBot, said(ana))).toEqual({ kind: "team" });
    expect(speaker(started, assigned, unassigned)).toEqual({ kind: "team" });
  });
});

describe("somebody is awaited", () => {
  test("from the hand-over to the first owner", () => {
    expect(awaited(given(started, said(ana)))).toBeNull();
    expect(awaited(given(started, handedOver))).toBe("queued");
    expect(awaited(given(started, handedOver, waiting))).toBe("away");
    expect(awaited(given(started, handedOver, waiting, assigned))).toBeNull();
  });

  test("from the start where there is no bot, never after the end", () => {
    expect(awaited(given(startedWithoutBot, said(ana)))).toBe("queued");
    expect(awaited(given(startedWithoutBot, said(ana), said(ben)))).toBeNull();
    expect(awaited(given(startedWithoutBot, said(ana), waiting, closed))).toBeNull();
  });
});

describe("quick replies", () => {
  const yes = [{ label: "Yes", value: "yes" }];

  test("stand under the bot's newest message only", () => {
    expect(quickRepliesOf(given(started, said(larch, "Well?", yes)))).toEqual(yes);
    expect(quickRepliesOf(given(started, said(larch, "Well?", yes), said(ana)))).toEqual([]);
  });

  test("go when people take over or the conversation ends", () => {
    expect(quickRepliesOf(given(started, said(larch, "Well?", yes), handedOver))).toEqual([]);
    expect(quickRepliesOf(given(started, said(larch, "Well?", yes), assigned))).toEqual([]);
    expect(quickRepliesOf(given(started, said(larch, "Well?", yes), closed))).toEqual([]);
  });
});

test("the team has seen what it read past or answered", () => {
  expect(seenByTeam(given(started, said(ana)), 20)).toBe(false);
  expect(seenByTeam(given(started, said(ana), read("agent", 20)), 20)).toBe(true);
  expect(seenByTeam(given(started, said(ana), said(ben)), 20)).toBe(true);
  expect(seenByTeam(given(started, said(ana), said(larch)), 20)).toBe(false);
});

test("the copy's address is told when one is going out", () => {
  expect(copyTo(given(started, closed))).toBeNull();
  expect(copyTo(given(started, closed, noted("requested", "ana@example.org")))).toBe("ana@example.org");
  expect(copyTo(given(started, closed, noted("not_sent", null)))).toBeNull();
});

test("a conversation that was opened again speaks for the team", () => {
  expect(speakerOf(given(started, said(ben), closed, reopened).entries)).toEqual({ kind: "team" });
});
