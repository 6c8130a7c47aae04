/**
 * The loader, `<script async src="…/widget.js" data-channel="…" data-side="left|right" data-locale="de">`: shows the
 * launcher, makes the frame on the first open, and offers `window.Parley`.
 *
 * `data-side` is meant as written; the side the channel's settings name is mirrored on right-to-left pages.
 */
import type { Appearance, PageInput, Problem } from "../../protocol/messages";
import { listen, type EventName, type Setup, type ToFrame, type ToHost } from "../bridge";
import { makeLauncher, type Launcher } from "./launcher";
import { openIn } from "./words";

type Said = "identify" | "set_page";
type Listener = (detail: Record<string, unknown>) => void;

const script = document.currentScript as HTMLScriptElement;
const { origin } = new URL(script.src);
const { channel = "", side, locale } = script.dataset;
const openWord = openIn(locale || navigator.language);
const rtl = getComputedStyle(document.documentElement).direction === "rtl";
const key = `parley ${channel}`;
/** Until a server that cannot be reached is asked again; the page shows nothing meanwhile. */
const AGAIN_MS = 20_000;
const listeners: Partial<Record<EventName, Set<Listener>>> = {};

let launcher: Launcher | undefined;
let frame: HTMLIFrameElement | undefined;
let isOpen = false;
/** Asked to be open, maybe before there is anything to open. */
let wanted = false;
let unreadLabel = "";
/** As the frame says it, once it is there. */
let closeWord = "";
/** Raised by every `load` and `remove`: who finds another number after waiting is not meant any more. */
let loads = 0;
/** What the frame cannot hear yet; undefined once it listens. */
let outbox: ToFrame[] | undefined = [];
/** What the page's code has said last, of each kind; every frame is told. */
let said: Record<string, ToFrame> = {};

const here = (): PageInput => ({ url: location.href, title: document.title });

/**
 * What the page's browser keeps: in `localStorage` that this browser has written before, or when (ms) whoever wrote has gone and is
 * to be forgotten; in `sessionStorage` that the card is open in this tab. Some browsers forbid it; then only the frame remembers,
 * the badge waits for the first open, and the card shuts when the page changes.
 */
function kept(where: "localStorage" | "sessionStorage", set?: string): string | undefined {
  try {
    if (set !== undefined) window[where][key] = set;
    return window[where][key] as string | undefined;
  } catch {
    return;
  }
}

/** Whoever says what cannot be told hears so at once. */
function remember(type: Said, what: unknown): void {
  said[type] = structuredClone({ type, what });
  if (!outbox) tell(said[type]);
}

function tell(message: ToFrame): void {
  if (outbox) outbox.push(message);
  else frame?.contentWindow?.postMessage({ parley: message }, origin);
}

/** The frame, made when it is first needed: until then the page gets nothing but the loader. */
function prepare({ root, looks }: Launcher): HTMLIFrameElement {
  if (frame) return frame;
  const made = document.createElement("iframe");
  made.src = `${origin}/widget/${channel}`;
  made.name = JSON.stringify({
    origin: location.origin, appearance: looks, page: here(), rtl, locale, open: isOpen, gone: Number(kept("localStorage")),
  } satisfies Setup);
  made.title = looks.company;
  root.append(made);
  return (frame = made);
}

function hear(message: ToHost): void {
  if (!launcher || !frame) return;
  switch (message.type) {
    case "ready": {
      const waiting = [...(outbox ?? []), ...Object.values(said)];
      outbox = undefined;
      closeWord = message.close;
      label(launcher);
      return waiting.forEach(tell);
    }
    case "open":
    case "close":
      return show(message.type === "open");
    case "card":
      return frame.style.setProperty("--card", `${message.height}px`);
    case "peek":
      frame.classList.toggle("peek", message.height !== null);
      return frame.style.setProperty("--peek", `${message.height}px`);
    case "unread":
      launcher.badge.textContent = message.count ? `${message.count}` : "";
      unreadLabel = message.label;
      return label(launcher);
    case "happened":
      return say(message.name, message.detail);
    case "known":
      kept("localStorage", message.kept);
  }
}

function say(name: EventName, detail: Record<string, unknown>): void {
  listeners[name]?.forEach((listener) => listener(detail));
}

function label({ button }: Launcher): void {
  button.ariaLabel = (isOpen && closeWord) || openWord + unreadLabel;
  button.ariaExpanded = `${isOpen}`;
}

/** Opens or closes the card; on closing, the keyboard goes back to the launcher if it was inside. `quietly`: it stays in the page. */
function show(open: boolean, quietly?: boolean): void {
  wanted = open;
  kept("sessionStorage", open ? "1" : "");
  if (!launcher || open === isOpen) return;
  isOpen = open;
  const inside = launcher.root.activeElement === frame;
  frame = prepare(launcher);
  launcher.button.classList.toggle("open", open);
  frame.classList.toggle("open", open);
  label(launcher);
  tell({ type: open ? "open" : "close", page: here() });
  if (open && !quietly) frame.focus();
  if (open) return;
  if (inside) launcher.button.focus();
  say("widgetClosed", {});
}

async function load(): Promise<void> {
  if (launcher || !channel) return;
  const mine = ++loads;
  const asked = fetch(`${origin}/api/widget/channels/${channel}`).then((answer) => answer.json());
  const { appearance, status } = (await asked.catch(() => ({}))) as { appearance?: Appearance } & Partial<Problem>;
  if (mine !== loads || status === 404) return;
  if (!appearance) return void setTimeout(() => mine === loads && load(), AGAIN_MS);
  const made = (launcher = makeLauncher(appearance, side ? side === "left" : (appearance.side === "left") !== rtl));
  launcher.button.onpointerdown = () => prepare(made); // A press takes a tenth of a second until it is a click.
  launcher.button.onclick = () => show(!isOpen);
  label(launcher);
  recall();
  say("widgetLoaded", {});
  // On a phone (as in `launcher.css`) the card would cover the page: the visitor is to see where the link has led.
  if (wanted || (kept("sessionStorage") && innerWidth > 480 && innerHeight > 360)) show(true, !wanted);
}

/** Who has written before gets the frame at once, for what is unread; or for it to forget them. */
function recall(): void {
  if (launcher && kept("localStorage")) prepare(launcher);
}

const Parley = {
  /** Shows the launcher; happens by itself once, and again after `remove`. */
  load,
  open: () => show(true),
  close: () => show(false),
  /** Takes everything off the page. What the visitor wrote stays kept. */
  remove() {
    show(false);
    launcher?.root.host.remove();
    launcher = frame = undefined;
    unreadLabel = "";
    outbox = [];
    loads++;
  },
  /** Tells the chat that the page has changed without loading; with `openToNewThread` a new conversation is shown. */
  refresh({ openToNewThread }: { openToNewThread?: boolean } = {}) {
    if (openToNewThread) show(true);
    else if (!frame) return; // It will begin with the page it is made on.
    tell({ type: openToNewThread ? "new_thread" : "page", page: here() });
  },
  /** Says who the visitor is, `{ email, name? }`: a claim, told to the people they write to. */
  identify: (what: unknown) => remember("identify", what),
  /** Says on which page, `{ url, title? }`, the visitor is, for a page whose address does not; without one the address counts. */
  setPage: (what: unknown) => remember("set_page", what),
  /** Forgets in this browser who has written and what, for whoever uses it next. Done even if the page is left at once. */
  clear() {
    show(false);
    kept("localStorage", `${Date.now()}`);
    said = {};
    if (frame) tell({ type: "clear" });
    else recall(); // The frame begins with forgetting them.
  },
  status: () => ({ loaded: !!launcher, open: isOpen }),
  on(name: EventName, listener: Listener) {
    (listeners[name] ??= new Set()).add(listener);
  },
  off(name: EventName, listener: Listener) {
    listeners[name]?.delete(listener);
  },
};

listen<ToHost>(() => frame?.contentWindow, origin, hear);
visualViewport?.addEventListener("resize", () => frame?.style.setProperty("--screen", `${visualViewport!.height}px`));
addEventListener("storage", (changed) => {
  if (changed.key === key && Number(changed.newValue) > 1) said = {}; // Somebody has gone in another tab.
});
Object.assign(window, { Parley });
dispatchEvent(new Event("parley"));
if (document.body) void load();
else addEventListener("DOMContentLoaded", load);
