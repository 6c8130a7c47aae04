import { describe, expect, it } from "vitest";
import type { FileUploaded } from "../../protocol/messages";
import { Refusal } from "../../protocol/refusal";
import { keepDraft, readDraft } from "../state/drafts";
import { createUploads } from "../state/uploads";
import { CHAT, me, OTHER_CHAT } from "./people";
import { memory } from "./storage";

const invoice = new File(["52 cm"], "invoice.pdf");
const uploaded: FileUploaded = { file_id: "f", name: "invoice.pdf", media_type: "application/pdf", size: 5, width: null, height: null, url: "/f" };

function setUp() {
  const storage = memory();
  const sent: { arrive(file: FileUploaded): void; fail(error: unknown): void; signal: AbortSignal }[] = [];
  const uploads = createUploads(me.account_id, storage, (_, onPart, signal) => {
    queueMicrotask(() => onPart(0.5));
    return new Promise((arrive, fail) => sent.push({ arrive, fail, signal }));
  });
  return { storage, uploads, sent };
}

const turn = () => new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));

describe("files on their way", () => {
  it("arrive with the words they belong to, while their author looks elsewhere", async () => {
    const { storage, uploads, sent } = setUp();
    keepDraft(storage, me.account_id, CHAT, "reply", { html: "<p>Here it is</p>", files: [] });
    uploads(CHAT, "reply").add([invoice], 10);
    await turn();
    expect(uploads(OTHER_CHAT, "reply").get()).toEqual([]);
    expect(uploads(CHAT, "comment").get()).toEqual([]);
    expect(uploads(CHAT, "reply").get()).toMatchObject([{ name: "invoice.pdf", part: 0.5, done: null }]);
    sent[0]?.arrive(uploaded);
    await turn();
    expect(uploads(CHAT, "reply").get()).toMatchObject([{ part: 1, done: uploaded }]);
    expect(readDraft(storage, me.account_id, CHAT, "reply")).toEqual({ html: "<p>Here it is</p>", files: [uploaded] });
  });

  it("say why they did not arrive", async () => {
    const { uploads, sent } = setUp();
    const draft = uploads(CHAT, "reply");
    const refusal = new Refusal({ code: "file_too_large", status: 422, title: "Too large", detail: null });
    draft.add([invoice, invoice, invoice], 2);
    sent[0]?.fail(refusal);
    sent[1]?.fail(new TypeError("network"));
    await turn();
    expect(draft.get().map((one) => one.problem)).toEqual([refusal, "uploadFailed", "tooMany"]);
  });

  it("stop when they are taken away", () => {
    const { uploads, sent } = setUp();
    const draft = uploads(CHAT, "reply");
    draft.add([invoice], 10);
    draft.remove(draft.get()[0]?.key ?? "");
    expect(draft.get()).toEqual([]);
    expect(sent[0]?.signal.aborted).toBe(true);
  });
});
