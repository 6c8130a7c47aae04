/** The frame: waits for the loader's `setup`, then shows the chat. */
import { render } from "preact";
import { createController, type Controller } from "./browser/controller";
import { findHost } from "./browser/host";
import { memoryFor } from "./browser/memory";
import { paint } from "./browser/paint";
import { visitorOf } from "./browser/session";
import { createStore } from "./browser/store";
import { createUploads } from "./browser/uploads";
import type { ToFrame } from "./bridge";
import { newChat } from "./state/chat";
import { App } from "./views/app";
import { Widget } from "./views/widget";
import { wordsIn } from "./words";
import "./widget.css";

const channel = location.pathname.split("/")[2] ?? "";
const memory = memoryFor(channel);
let controller: Controller | undefined;
const early: ToFrame[] = [];

const host = findHost((message) => {
  if (message.type === "setup") void start(message);
  else if (controller) controller.hear(message);
  else early.push(message);
});

async function start({ appearance, page, locale, rtl, open }: Extract<ToFrame, { type: "setup" }>): Promise<void> {
  const words = await wordsIn(locale);
  if (controller) return;
  const chat = { ...newChat(appearance, page, locale, rtl || locale.startsWith("ar")), open };
  const store = createStore(chat);
  const visitor = visitorOf(channel, memory);
  controller = createController(channel, store, visitor, memory, host, words);
  early.splice(0).forEach(controller.hear);
  document.documentElement.lang = locale;
  document.documentElement.dir = chat.rtl ? "rtl" : "ltr";
  document.title = words.chatWith(appearance.company);
  paint(appearance.brand);
  const uploads = createUploads(visitor.headers);
  const widget = { store, words, host, memory, uploads, actions: controller.actions };
  render(<Widget.Provider value={widget}><App /></Widget.Provider>, document.body);
}

host.tell({ type: "ready" });
