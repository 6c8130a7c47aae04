// @vitest-environment happy-dom
// @vitest-environment-options {"settings": {"disableIframePageLoading": true}}
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Setup, ToFrame, ToHost } from "../bridge";

interface Api {
  load(): void;
  open(): void;
  close(): void;
  remove(): void;
  refresh(how?: { openToNewThread: boolean }): void;
  identify(person: unknown): void;
  setPage(page: unknown): void;
  clear(): void;
  status(): { loaded: boolean; open: boolean };
}

const looks = { brand: "#1e5f4e", heading: "Hello!", company: "Spoke & Larch", side: "right" };
const AGAIN_MS = 20_000;
let server: { answer(status: number): Promise<void> }[];
let parley: Api;

/** The loader on a page of its own; the server answers by hand. */
async function visits(): Promise<void> {
  vi.resetModules();
  server = [];
  document.body.replaceChildren();
  const script = Object.assign(document.createElement("script"), { type: "x", src: "https://parley.example/widget.js" });
  script.dataset.channel = "shop";
  Object.defineProperty(document, "currentScript", { value: script, configurable: true });
  await import("./main");
  parley = (window as unknown as { Parley: Api }).Parley;
}

/** The next page of the same site, in the same tab. */
async function follows(): Promise<void> {
  await visits();
  await server[0]!.answer(200);
}

beforeEach(async () => {
  vi.useFakeTimers();
  localStorage.clear();
  sessionStorage.clear();
  vi.stubGlobal("visualViewport", new EventTarget());
  vi.stubGlobal("fetch", () => new Promise((resolve) => server.push({
    answer(status) {
      resolve(new Response(JSON.stringify(status === 200 ? { appearance: looks } : { status }), { status }));
      return vi.advanceTimersByTimeAsync(0).then();
    },
  })));
  await visits();
});

afterEach(() => {
  parley.remove();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const frame = () => document.querySelector("parley-chat")!.shadowRoot!.querySelector("iframe")!;

/** What the frame has been told, once it listens. */
function toldOnceReady(): ToFrame[] {
  const told: ToFrame[] = [];
  const peer = { postMessage: ({ parley }: { parley: ToFrame }) => told.push(parley) };
  Object.defineProperty(frame(), "contentWindow", { value: peer });
  says(peer, { type: "ready", close: "Close chat" });
  return told;
}

/** The frame speaks. */
function says(source: unknown, parley: ToHost): void {
  const message = new MessageEvent("message", { data: { parley }, origin: "https://parley.example" });
  Object.defineProperty(message, "source", { value: source });
  dispatchEvent(message);
}

const button = () => document.querySelector("parley-chat")!.shadowRoot!.querySelector("button")!;

test("the launcher comes with its colours", async () => {
  expect(parley.status().loaded).toBe(false);
  await server[0]!.answer(200);
  expect(parley.status()).toEqual({ loaded: true, open: false });
});

test("what was removed before it had its colours stays away until it is loaded again", async () => {
  parley.remove();
  await server[0]!.answer(200);
  expect(parley.status().loaded).toBe(false);
  parley.load();
  await server[1]!.answer(200);
  expect(parley.status().loaded).toBe(true);
});

test("a channel that is not there is not asked for again", async () => {
  await server[0]!.answer(404);
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  expect(server).toHaveLength(1);
});

test("what was removed during an outage is not tried again", async () => {
  await server[0]!.answer(503);
  parley.remove();
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  expect(server).toHaveLength(1);
});

test("however often it is loaded, an outage is met with one try at a time", async () => {
  parley.load();
  parley.load();
  for (const one of [...server]) await one.answer(503);
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  expect(server).toHaveLength(4);
  await server[3]!.answer(200);
  expect(document.querySelectorAll("parley-chat")).toHaveLength(1);
});

test("a wish for a new conversation is not lost while there is nothing to show it in", async () => {
  parley.refresh();
  parley.refresh({ openToNewThread: true });
  await server[0]!.answer(200);
  expect(parley.status().open).toBe(true);
  expect(toldOnceReady().map(({ type }) => type)).toEqual(["new_thread", "open"]);
});

test("a page that changes before the chat is there is the one the chat begins on", async () => {
  await server[0]!.answer(200);
  parley.refresh();
  document.title = "Fell 3";
  parley.open();
  expect((JSON.parse(frame().name) as Setup).page.title).toBe("Fell 3");
  expect(toldOnceReady().map(({ type }) => type)).toEqual(["open"]);
});

test("what is open stays open on the next page, without taking the keyboard; what is shut stays shut", async () => {
  await server[0]!.answer(200);
  parley.open();
  await follows();
  expect(parley.status().open).toBe(true);
  expect((JSON.parse(frame().name) as Setup).open).toBe(true);
  expect(document.activeElement).toBe(document.body);
  parley.close();
  await follows();
  expect(parley.status()).toEqual({ loaded: true, open: false });
});

test("on a phone, where the card covers the page, it shuts: the visitor sees where the link has led", async () => {
  await server[0]!.answer(200);
  parley.open();
  vi.stubGlobal("innerWidth", 390);
  await follows();
  expect(parley.status().open).toBe(false);
});

test("the launcher says what it does, with the frame's word once that is there", async () => {
  await server[0]!.answer(200);
  expect(button().ariaLabel).toBe("Open chat");
  parley.open();
  toldOnceReady();
  expect(button().ariaLabel).toBe("Close chat");
  expect(button().ariaExpanded).toBe("true");
});

test("what cannot be told is refused at once, and nothing else is lost", async () => {
  await server[0]!.answer(200);
  expect(() => parley.identify({ email: "ana@example.org", shout: () => undefined })).toThrow();
  parley.identify({ email: "ana@example.org" });
  parley.open();
  expect(toldOnceReady()).toMatchObject([{ type: "open" }, { type: "identify", what: { email: "ana@example.org" } }]);
});

test("what the page has said last is told to every frame; what it said before is kept nowhere", async () => {
  await server[0]!.answer(200);
  for (const fell of [1, 2, 3]) parley.setPage({ url: `/fell-${fell}` });
  parley.identify({ email: "ana@example.org" });
  const last = [{ type: "set_page", what: { url: "/fell-3" } }, { type: "identify", what: { email: "ana@example.org" } }];
  for (const round of [0, 1]) {
    parley.open();
    expect(toldOnceReady().filter(({ type }) => type !== "open")).toEqual(last);
    parley.remove();
    parley.load();
    await server[round + 1]!.answer(200);
  }
});

test("what was said of who has gone in another tab is not told any more", async () => {
  await server[0]!.answer(200);
  parley.identify({ email: "ana@example.org" });
  dispatchEvent(new StorageEvent("storage", { key: "parley shop", newValue: `${Date.now()}` }));
  parley.open();
  expect(toldOnceReady()).toMatchObject([{ type: "open" }]);
});

test("when somebody has gone is remembered until they are forgotten, however late that is", async () => {
  parley.clear();
  const then = Date.now();
  await vi.advanceTimersByTimeAsync(40 * 24 * 3_600_000);
  await follows();
  expect((JSON.parse(frame().name) as Setup).gone).toBe(then);
});

test("who has gone is forgotten, on the next page if this one is left too soon", async () => {
  await server[0]!.answer(200);
  parley.open();
  parley.clear();
  expect(parley.status().open).toBe(false);
  expect(toldOnceReady().map(({ type }) => type)).toEqual(["open", "close", "clear"]);
  await follows();
  expect(parley.status().open).toBe(false);
  expect((JSON.parse(frame().name) as Setup).gone).toBeGreaterThan(1);
  expect(toldOnceReady()).toEqual([]);
  says(frame().contentWindow, { type: "known", kept: "" });
  await follows();
  expect(document.querySelector("parley-chat")!.shadowRoot!.querySelector("iframe")).toBeNull();
});

test("who comes after them is told of afterwards, also where nothing is there yet", async () => {
  parley.identify({ email: "ana@example.org" });
  parley.clear();
  parley.identify({ email: "bo@example.org" });
  await server[0]!.answer(200);
  expect((JSON.parse(frame().name) as Setup).gone).toBeGreaterThan(1);
  expect(toldOnceReady()).toEqual([{ type: "identify", what: { email: "bo@example.org" } }]);
});
