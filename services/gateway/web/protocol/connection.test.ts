import { describe, expect, test } from "vitest";
import { connect, PATIENCE_MS, PROBE_MS, SILENCE_MS, step, type Connection, type Effect, type Happening } from "./connection";
import type { MarkReadAsk, ServerFrame, VisitorAsk } from "./messages";

type Told = Happening<VisitorAsk>;

const ask = (id: string): MarkReadAsk => ({ command_id: id, type: "mark_read", conversation_id: "c", position: 1 });
const frame = (frame: ServerFrame): Told => ({ type: "frame", frame });
const welcome = (position: number, resumed = true) => frame({ type: "welcome", epoch: "e1", position, resumed });
const accepted = (command_id: string) => ({ type: "accepted", command_id, position: 7 }) as const;
const opened: Told = { type: "opened" };
const closed: Told = { type: "closed" };
const tick: Told = { type: "tick" };

/** A connection and all it wanted done, after `happenings`, each at its own second. */
function after(...happenings: Told[]): { now: number; connection: Connection<VisitorAsk>; effects: Effect<VisitorAsk>[] } {
  let [connection, effects] = connect<VisitorAsk>({ now: 0, random: 1 });
  let now = 0;
  for (const happening of happenings) {
    now = happening.type === "tick" && connection.deadline !== null ? connection.deadline : now + 1_000;
    const [next, more] = step(connection, happening, { now, random: 1 });
    [connection, effects] = [next, [...effects, ...more]];
  }
  return { now, connection, effects };
}

const names = (effects: Effect<VisitorAsk>[]) => effects.map(({ type }) => type);
const failedTwice = [closed, tick, closed];

describe("coming back", () => {
  test("the first hello is the page's own, later ones carry the last position taken in", () => {
    const event = { type: "conversation_unassigned", at: "", conversation_id: "c", inbox_id: "i", contact_id: "a" } as const;
    const { effects } = after(opened, welcome(5), frame({ type: "event", position: 9, event }), closed, tick, opened);
    const places = effects.filter((effect) => effect.type === "greet").map((effect) => effect.place);
    expect(places).toEqual(["own", { epoch: "e1", position: 9 }]);
  });

  test("a resumed connection that is cut at once goes on where it was, not at the server's head", () => {
    const { connection } = after(opened, welcome(5), closed, tick, opened, welcome(80));
    expect(connection.place).toEqual({ epoch: "e1", position: 5 });
  });

  test("a new snapshot's connection goes on at the server's head", () => {
    expect(after(opened, welcome(5), closed, tick, opened, welcome(80, false)).connection.place).toMatchObject({ position: 80 });
  });

  test("pauses grow, and stay under half a minute", () => {
    const failures = Array.from({ length: 12 }, () => [closed, tick]).flat();
    const { now, connection } = after(...failures, closed);
    expect(connection.deadline! - now).toBe(30_000);
    const short = after(closed);
    expect(short.connection.deadline! - short.now).toBe(1_000);
  });

  test("a connection that lasted is missed without an offline bar", () => {
    const { effects } = after(opened, welcome(5), tick);
    expect(effects.filter((effect) => effect.type === "show").map(({ state }) => state)).toEqual(["connecting", "online", "connecting"]);
  });

  test("a browser without a network is offline as soon as the next try has failed", () => {
    const { effects, connection } = after(opened, welcome(5), { type: "cut" }, tick, closed);
    expect(names(effects)).toContain("close");
    expect(effects.filter((effect) => effect.type === "show").at(-1)).toMatchObject({ state: "offline" });
    expect(after(closed, { type: "cut" }).connection).toEqual(after(closed).connection);
    expect(connection.phase).toBe("resting");
  });

  test("waking tries at once; a fresh connection is left alone", () => {
    expect(names(after(closed, { type: "wake" }).effects).filter((name) => name === "open")).toHaveLength(2);
    expect(names(after(opened, welcome(1), { type: "wake" }).effects).filter((name) => name === "open")).toHaveLength(1);
  });
});

describe("silence and goodbyes", () => {
  test("nothing heard for 45 s means gone, a heartbeat is answered and means alive", () => {
    const quiet = after(opened, welcome(5));
    expect(quiet.connection.deadline! - quiet.now).toBe(SILENCE_MS);
    const beat = after(opened, welcome(5), frame({ type: "heartbeat", position: 5 }));
    expect(names(beat.effects)).toContain("pong");
    expect(beat.connection.deadline! - beat.now).toBe(SILENCE_MS);
    expect(after(opened, welcome(5), tick).connection.phase).toBe("resting");
  });

  test("a socket that opens and is never welcomed has failed, and no second one is waited for that long", () => {
    const { connection, now } = after(opened);
    expect(connection.deadline).toBe(PATIENCE_MS);
    expect(step(connection, tick, { now, random: 1 })[0]).toMatchObject({ phase: "resting", by: "poll" });
  });

  test("a browser without a network says nothing about sockets", () => {
    expect(after({ type: "cut" }).connection).toMatchObject({ phase: "resting", by: "socket", failures: 1 });
  });

  test("a draining server is left, and asked again no sooner than it said", () => {
    const bye = frame({ type: "goodbye", reason: "draining", after_ms: 4_000, snapshot: false });
    const { connection, effects, now } = after(opened, welcome(5), bye);
    expect(names(effects)).toContain("close");
    expect(connection.deadline! - now).toBe(6_000);
    expect(names(after(opened, welcome(5), bye, { type: "wake" }).effects).at(-1)).not.toBe("open");
  });

  test("a position that is of no use is forgotten", () => {
    const bye = frame({ type: "goodbye", reason: "stale", after_ms: 0, snapshot: true });
    const { effects } = after(opened, welcome(5), bye, tick, opened);
    expect(effects.at(-1)).toEqual({ type: "greet", place: "none" });
  });

  test.each([
    ["signed out", frame({ type: "goodbye", reason: "signed_out", after_ms: 0, snapshot: false })],
    ["stopped", { type: "stop" } as const],
  ])("%s is the end: what waits or comes later is put off", (_why, end) => {
    const { connection, effects } = after(opened, welcome(5), { type: "ask", ask: ask("1") }, end, { type: "wake" }, { type: "ask", ask: ask("2") });
    expect(connection).toMatchObject({ phase: "stopped", deadline: null, asks: [] });
    const settled = effects.flatMap((effect) => (effect.type === "settle" ? [[effect.command_id, effect.answer]] : []));
    expect(settled).toMatchObject([["1", { status: 503 }], ["2", { status: 503 }]]);
  });
});

describe("asks", () => {
  const asked = (id: string): Told => ({ type: "ask", ask: ask(id) });
  const sent = (effects: Effect<VisitorAsk>[], type: "send" | "post") =>
    effects.flatMap((effect) => ("ask" in effect && effect.type === type ? [effect.ask.command_id] : []));

  test("wait for the welcome, then go in order, before anything the page adds", () => {
    const { effects } = after(asked("1"), asked("2"), opened, welcome(5));
    expect(sent(effects, "send")).toEqual(["1", "2"]);
    expect(names(effects).indexOf("send")).toBeLessThan(names(effects).indexOf("deliver"));
  });

  test("are sent again after a cut until they are answered, once", () => {
    const { effects } = after(opened, welcome(5), asked("1"), asked("2"), frame(accepted("1")), closed, tick, opened, welcome(9));
    expect(sent(effects, "send")).toEqual(["1", "2", "2"]);
    expect(effects.filter(({ type }) => type === "settle")).toHaveLength(1);
  });

  test("a refusal settles them as well", () => {
    const problem = { code: "nothing_to_say", status: 422, title: "A message needs a text", detail: null };
    const { connection, effects } = after(opened, welcome(5), asked("1"), frame({ type: "refused", command_id: "1", problem }));
    expect(effects.at(-1)).toEqual({ type: "settle", command_id: "1", answer: problem });
    expect(connection.asks).toEqual([]);
  });

  test("go by HTTP after two failed attempts, one after the other", () => {
    const waiting = after(...failedTwice, asked("1"), asked("2"));
    expect(sent(waiting.effects, "post")).toEqual(["1"]);
    const answered = after(...failedTwice, asked("1"), asked("2"), { type: "posted", command_id: "1", answer: accepted("1") });
    expect(sent(answered.effects, "post")).toEqual(["1", "2"]);
  });

  test("one that HTTP did not get through either is tried again after the next failed attempt", () => {
    const { effects } = after(...failedTwice, asked("1"), { type: "post_failed" }, tick, closed);
    expect(sent(effects, "post")).toEqual(["1", "1"]);
  });

  test("an answer that comes twice settles once", () => {
    const { effects } = after(opened, welcome(5), asked("1"), frame(accepted("1")), frame(accepted("1")));
    expect(effects.filter(({ type }) => type === "settle")).toHaveLength(1);
  });
});

describe("where sockets do not get through", () => {
  const polled: Told = { type: "poll_answered" };
  const polling = [...failedTwice, tick, welcome(5, false), polled];
  const assigned = { type: "conversation_unassigned", at: "", conversation_id: "c", inbox_id: "i", contact_id: "a" } as const;
  const event = (position: number) => frame({ type: "event", position, event: assigned });
  const delivered = (effects: Effect<VisitorAsk>[]) =>
    effects.flatMap((effect) => (effect.type === "deliver" && effect.frame.type === "event" ? [effect.frame.position] : []));
  const shown = (effects: Effect<VisitorAsk>[]) => effects.flatMap((effect) => (effect.type === "show" ? [effect.state] : []));

  test("the third attempt is a poll, with a socket tried beside it", () => {
    expect(names(after(...failedTwice, tick).effects).slice(-2)).toEqual(["hello", "probe"]);
  });

  test("an answered hello is online, and what happens next is asked for from the last position", () => {
    const { connection, effects } = after(...polling, event(7), event(9), polled);
    expect(shown(effects).at(-1)).toBe("online");
    expect(effects.at(-1)).toEqual({ type: "poll", place: { epoch: "e1", position: 9 } });
    expect(connection).toMatchObject({ phase: "live", by: "poll" });
  });

  test("a heartbeat moves the position on as well", () => {
    expect(after(...polling, frame({ type: "heartbeat", position: 40 }), polled).effects.at(-1)).toMatchObject({ place: { position: 40 } });
    expect(after(opened, welcome(5), frame({ type: "heartbeat", position: 40 })).connection.place).toMatchObject({ position: 40 });
  });

  test("asks go by HTTP, those that waited too", () => {
    const asks = (id: string): Told => ({ type: "ask", ask: ask(id) });
    const { effects } = after(asks("1"), ...polling, { type: "posted", command_id: "1", answer: accepted("1") }, asks("2"));
    expect(names(effects).filter((name) => name === "send")).toEqual([]);
    expect(effects.flatMap((effect) => (effect.type === "post" ? [effect.ask.command_id] : []))).toEqual(["1", "2"]);
  });

  test("an ask that HTTP does not answer means that the polls are cut off too", () => {
    const { connection, effects } = after(...polling, { type: "ask", ask: ask("1") }, { type: "post_failed" });
    expect(connection.phase).toBe("resting");
    expect(names(effects).slice(-3)).toEqual(["close", "show", "post"]);
  });

  test("a socket that is welcomed takes over: what both brought is told once", () => {
    const { connection, effects } = after(...polling, event(7), { type: "socket_took_over" }, welcome(5), event(6), event(7), event(8), polled);
    expect(connection).toMatchObject({ phase: "live", by: "socket", place: { position: 8 } });
    expect(delivered(effects)).toEqual([7, 8]);
    expect(names(effects).at(-1)).toBe("deliver");
  });

  test("a socket is tried again once a minute, no more", () => {
    const answers = Array.from({ length: 130 }, () => polled);
    const { effects } = after(...polling, ...answers);
    expect(names(effects).filter((name) => name === "probe")).toHaveLength(1 + Math.floor(132_000 / PROBE_MS));
  });

  test("a poll that fails after a while is made again, without another try of sockets first", () => {
    const { connection, effects } = after(...polling, polled, polled, polled, polled, closed, tick);
    expect(names(effects).slice(-2)).toEqual(["hello", "probe"]);
    expect(effects).toContainEqual({ type: "hello", place: { epoch: "e1", position: 5 } });
    expect(shown(effects).slice(-2)).toEqual(["online", "connecting"]);
    expect(connection.phase).toBe("opening");
  });

  test("an answer that does not begin with a welcome is none", () => {
    expect(after(...failedTwice, tick, polled).connection).toMatchObject({ phase: "resting", failures: 3 });
  });

  test("looking at something else asks anew, when there is a poll to be answered", () => {
    expect(names(after(...polling, { type: "viewing_changed" }).effects).slice(-2)).toEqual(["poll", "poll"]);
    expect(names(after(opened, welcome(5), { type: "viewing_changed" }).effects)).not.toContain("poll");
  });
});
