import { describe, expect, it } from "vitest";
import type { Counters } from "../../protocol/messages";
import { counted, emptyDesk, framed } from "../state/desk";
import { giveBack, keepDraft, modeFor, readDraft } from "../state/drafts";
import { cutAtNames } from "../state/mentions";
import { freshNotices } from "../state/notices";
import { choosable, initials, tint } from "../state/people";
import { type Doc, isPlain, isSafeAddress, linked, mentionsIn, plainText, withScheme } from "../state/richtext";
import { formatRoute, parseRoute } from "../state/route";
import { isIn, isUnread, rowState, unreadFor } from "../state/rows";
import { faded, nextFade, noSignals, typed } from "../state/signals";
import { dependable, readJson } from "../state/storage";
import { emptyTail, KEPT, missed, remember } from "../state/tail";
import { ago, clockIn, fileSize } from "../state/time";
import { ana, ben, CHAT, larch, me, minute, person, row, says, welcome } from "./people";

describe("notices", () => {
  const notice = (notice_id: string) =>
    ({ notice_id, kind: "mentioned", conversation_id: CHAT, text: "@Ben?", at: minute(1) }) as const;

  it("are news when they were not there before, and never at first sight", () => {
    expect(freshNotices(null, [notice("old")])).toEqual([]);
    expect(freshNotices(new Set(), [notice("first")])).toEqual([notice("first")]);
    expect(freshNotices(new Set(["known"]), [notice("new"), notice("known"), notice("older")])).toEqual([notice("new")]);
  });
});

describe("rows", () => {
  const bot = { id: larch.id, name: larch.name, version: 1 };
  const mine = { kind: "agent", id: ben.id, name: ben.name } as const;

  it("belong to the views the gateway counts them in", () => {
    expect(isIn(row(), "unassigned", ben.id)).toBe(true);
    expect(isIn(row({ assignee: mine }), "mine", ben.id)).toBe(true);
    expect(isIn(row({ bot }), "bots", ben.id)).toBe(true);
    expect(isIn(row({ bot }), "unassigned", ben.id)).toBe(false);
    expect(isIn(row({ status: "closed", assignee: mine }), "mine", ben.id)).toBe(false);
    expect(isIn(row({ status: "closed" }), "closed", ben.id)).toBe(true);
  });

  it("say one state", () => {
    expect(rowState(row({ waiting_since: minute(1) })).kind).toBe("waiting_for_us");
    expect(rowState(row({ bot, waiting_since: minute(1) })).kind).toBe("with_bot");
    expect(rowState(row({ last_message: 3 })).kind).toBe("waiting_for_them");
    expect(rowState(row({ status: "closed", last_message: 3 })).kind).toBe("closed");
  });

  it("are unread until the team has read, and never while the bot leads", () => {
    expect(isUnread(row({ last_message: 3, agent_read: 2 }))).toBe(true);
    expect(isUnread(row({ last_message: 3, agent_read: 3 }))).toBe(false);
    expect(isUnread(row({ bot, last_message: 3 }))).toBe(false);
  });

  it("count as unread for whom they are assigned to, and for everybody while nobody has them", () => {
    const theirs = { ...mine, id: larch.id };
    const rows = [row({ last_message: 3 }), row({ last_message: 3, assignee: mine }), row({ last_message: 3, assignee: theirs })];
    const all = new Map([...rows, row()].map((one, n) => [String(n), one]));
    expect([unreadFor(ben.id, all), unreadFor("somebody", all)]).toEqual([2, 1]);
  });
});

describe("rich text", () => {
  const text = (value: string, ...marks: string[]): Doc => ({
    type: "text",
    text: value,
    marks: marks.map((type) => ({ type })),
  });
  const paragraph = (...content: Doc[]): Doc => ({ type: "paragraph", content });
  const item = (...content: Doc[]): Doc => ({ type: "listItem", content });
  const mira: Doc = { type: "mention", attrs: { id: "m", label: "Mira Lund" } };

  it("is plain until something in it needs more", () => {
    expect(isPlain({ type: "doc", content: [paragraph(text("Hi "), mira)] })).toBe(true);
    expect(isPlain({ type: "doc", content: [paragraph(text("Hi", "bold"))] })).toBe(false);
  });

  it("reads as text in lines", () => {
    const list: Doc = { type: "bulletList", content: [item(paragraph(text("one"))), item(paragraph(text("two")))] };
    expect(plainText({ type: "doc", content: [paragraph(text("Take:")), list, paragraph(mira, text(" too"))] })).toBe(
      "Take:\n- one\n- two\n@Mira Lund too",
    );
  });

  it("names everybody mentioned, once", () => {
    expect(mentionsIn({ type: "doc", content: [paragraph(mira), paragraph(mira)] })).toEqual(["m"]);
    expect(cutAtNames("Ask @Mira Lund now", ["Mira", "Mira Lund"]).map((piece) => piece.text)).toEqual([
      "Ask ",
      "@Mira Lund",
      " now",
    ]);
  });

  it("makes links of web addresses only", () => {
    expect(linked("See https://shop.example/a, or javascript:alert(1)")).toEqual([
      { text: "See ", href: null },
      { text: "https://shop.example/a", href: "https://shop.example/a" },
      { text: ", or javascript:alert(1)", href: null },
    ]);
    expect(["https://a.example", "mailto:a@b.example"].every(isSafeAddress)).toBe(true);
    expect(["javascript:alert(1)", "data:text/html,x", "/relative", "vbscript:x"].some(isSafeAddress)).toBe(false);
    expect(withScheme("shop.example")).toBe("https://shop.example");
    expect(isSafeAddress(withScheme("javascript:alert(1)"))).toBe(false);
  });
});

describe("people", () => {
  it("have initials unless nobody knows them", () => {
    expect([initials("Ana Horvat"), initials("Åsa"), initials("Visitor 47")]).toEqual(["AH", "Å", null]);
    expect(tint("x", "Visitor 47")).toBe(0);
    expect(tint(CHAT, "Ana")).toBe(tint(CHAT, "Ana"));
  });

  it("are offered me first, then who is available, found without accents", () => {
    const people = [
      person("José Away", 3, { available: false }),
      person("Zoe", 2),
      person("Me", 1),
      person("Gone", 4, { active: false }),
    ];
    expect(choosable(people, people[2]?.id ?? "", "").map((one) => one.name)).toEqual(["Me", "Zoe", "José Away"]);
    expect(choosable(people, "", "jose").map((one) => one.name)).toEqual(["José Away"]);
  });
});

describe("the address of the console", () => {
  it("survives a reload", () => {
    const at = { view: "mine", conversation: CHAT, contact: true } as const;
    expect(parseRoute(`/inbox/mine/${CHAT}`, "#contact")).toEqual(at);
    expect(formatRoute(at)).toBe(`/inbox/mine/${CHAT}#contact`);
  });

  it("falls back to all open", () => {
    const home = { view: "all_open", conversation: null, contact: false };
    expect([parseRoute("/"), parseRoute("/inbox/nonsense/x"), parseRoute("/inbox/all_open/<script>")]).toEqual([
      home,
      home,
      home,
    ]);
  });
});

describe("what fades", () => {
  const typing = {
    type: "typing",
    conversation_id: CHAT,
    kind: "visitor",
    id: ana.id,
    name: ana.name,
    comment: false,
  } as const;

  it("lasts six seconds from the last sign", () => {
    const signals = typed(typed(noSignals, typing, 0), typing, 3000);
    expect(nextFade(signals)).toBe(9000);
    expect(faded(signals, 8999).typing.size).toBe(1);
    expect(faded(signals, 9000).typing.size).toBe(0);
  });
});

describe("the tail", () => {
  it("says what a snapshot has missed, or that it no longer knows", () => {
    const full = Array.from({ length: KEPT * 2 + 1 }, (_, n) => says(n + 1, ana, "x")).reduce(remember, emptyTail(0));
    expect(missed(full, KEPT * 2)).toHaveLength(1);
    expect(missed(full, 5)).toBeNull();
    expect(missed(full, full.floor)).toHaveLength(KEPT);
  });
});

describe("storage", () => {
  it("keeps for this visit what the browser refuses, and forgets what is damaged", () => {
    const kept = dependable(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    kept.setItem("a", "{");
    expect([kept.getItem("a"), kept.length, kept.key(0)]).toEqual(["{", 1, "a"]);
    expect(readJson(kept, "a")).toBeNull();
    kept.removeItem("a");
    expect(kept.getItem("a")).toBeNull();
  });
});

describe("drafts", () => {
  it("put words back before what was written since", () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    } as Storage;
    keepDraft(storage, "me", CHAT, "reply", { html: "<p>b</p>", files: [] });
    giveBack(storage, "me", CHAT, "reply", { html: "<p>a</p>", files: [] });
    expect(readDraft(storage, "me", CHAT, "reply").html).toBe("<p>a</p><p>b</p>");
    keepDraft(storage, "me", CHAT, "reply", { html: "", files: [] });
    expect(kept.size).toBe(0);
  });

  it("decide what is written where something changes, what is begun before all else", () => {
    expect(modeFor("open", undefined, [])).toBe("reply");
    expect(modeFor("closed", "reply", [])).toBe("comment");
    expect(modeFor("open", "comment", [])).toBe("reply");
    expect(modeFor("open", "comment", ["comment"])).toBe("comment");
    expect(modeFor("closed", "comment", ["reply"])).toBe("reply");
    expect(modeFor("open", undefined, ["comment"])).toBe("comment");
    expect(modeFor("closed", "comment", ["reply", "comment"])).toBe("comment");
  });
});

describe("counters", () => {
  const at = (position: number): Counters => ({
    type: "counters",
    position,
    counts: { all_open: position, mine: 0, unassigned: 0, bots: 0, closed: 0 },
  });

  it("win by their position, which begins anew where the server cannot resume", () => {
    const desk = counted(emptyDesk(me), at(900));
    expect(counted(desk, at(5)).counts).toEqual(at(900));
    expect(counted(framed(desk, welcome(900, true), 0), at(5)).counts).toEqual(at(900));
    const anew = framed(desk, welcome(4, false, "two"), 0);
    expect(anew.counts?.counts).toEqual(at(900).counts);
    expect(counted(anew, at(5)).counts).toEqual(at(5));
  });
});

describe("times and sizes", () => {
  it("are as short as they can be", () => {
    const now = Date.parse(minute(30));
    expect([ago(minute(30), now), ago(minute(18), now), ago(minute(-60), now)]).toEqual([
      { unit: "now" },
      { unit: "min", value: 12 },
      { unit: "h", value: 1 },
    ]);
    expect([fileSize(10), fileSize(214_000), fileSize(3_100_000)]).toEqual(["10 B", "214 kB", "3.1 MB"]);
    expect([clockIn("Europe/Zagreb", now), clockIn("Nowhere/Land", now)]).toEqual(["10:30", null]);
  });
});
