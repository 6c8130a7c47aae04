/** The frame: begins with what the loader has written on it, and shows the chat at once; the server is asked meanwhile. */
import { render } from "preact";
import type { Setup } from "./bridge";
import { createController, type Controller } from "./browser/controller";
import { hostAt, setupOf } from "./browser/host";
import { memoryFor } from "./browser/memory";
import { paint } from "./browser/paint";
import { visitorOf } from "./browser/session";
import { createStore } from "./browser/store";
import { hasGone } from "./browser/succession";
import { localeOf, pageOf } from "./browser/told";
import { createUploads } from "./browser/uploads";
import { newChat } from "./state/chat";
import { App } from "./views/app";
import { Widget } from "./views/widget";
import css from "./widget.css?inline";
import { wordsIn } from "./words";

function start({ origin, appearance, page, locale: written = "", rtl, open, gone }: Setup): void {
  const channel = location.pathname.split("/")[2] ?? "";
  const memory = memoryFor(channel);
  const locale = localeOf(written, navigator.language);
  const words = wordsIn(locale);
  const chat = { ...newChat(appearance, pageOf(page), locale, rtl || locale.startsWith("ar")), open };
  const store = createStore(chat);
  const visitor = visitorOf(channel, memory);
  const host = hostAt(origin, (message) => controller.hear(message));
  const uploads = createUploads(visitor.headers);
  const controller: Controller = createController({ channel, store, visitor, memory, uploads, host, words });
  if (hasGone(memory, gone)) controller.hear({ type: "clear" });
  document.documentElement.lang = locale;
  document.documentElement.dir = chat.rtl ? "rtl" : "ltr";
  document.title = words.chatWith(appearance.company);
  paint(appearance.brand);
  const widget = { store, words, host, memory, uploads, actions: controller.actions };
  render(<Widget.Provider value={widget}><App /></Widget.Provider>, document.body);
  host.tell({ type: "ready", close: words.close });
}

/** The style comes inside the script: one request less to wait for, and the policy allows no style from anywhere. */
function dress(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}

const setup = setupOf(window.name);
if (setup) {
  dress();
  start(setup);
}
