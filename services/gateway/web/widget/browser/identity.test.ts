import { expect, test, vi } from "vitest";
import type { IdentifyContactAsk, VisitorAsk } from "../../protocol/messages";
import { Refusal } from "../../protocol/refusal";
import { kept } from "./given";
import { createIdentity } from "./identity";

const ana = { email: "ana@example.org" };
const bo = { email: "bo@example.org" };
const refusal = (status: number) => new Refusal({ code: "no", status, title: "No", detail: null });

/** What a page says, to a server that answers by hand. */
function said() {
  const memory = kept();
  const asked: { address: string; yes(): void; no(status: number): void }[] = [];
  const ask = (one: VisitorAsk) =>
    new Promise<void>((yes, no) => asked.push({ address: (one as IdentifyContactAsk).address, yes, no: (status) => no(refusal(status)) }));
  return { memory, asked, ...createIdentity(memory, ask, vi.fn()) };
}

test("who is said while another is being told is told afterwards, once", async () => {
  const { asked, claim, tell } = said();
  claim(ana);
  const first = tell("c");
  claim(bo);
  const both = Promise.all([tell("c"), tell("c")]);
  asked[0]!.yes();
  await first;
  await vi.waitFor(() => expect(asked.map(({ address }) => address)).toEqual([ana.email, bo.email]));
  asked[1]!.yes();
  await both;
  await tell("c");
  expect(asked).toHaveLength(2);
});

test("a no to one is none to who has been said since", async () => {
  vi.spyOn(console, "error").mockReturnValueOnce();
  const { asked, claim, tell } = said();
  claim(ana);
  const first = tell("c");
  claim(bo);
  asked[0]!.no(422);
  await first;
  void tell("c");
  await vi.waitFor(() => expect(asked.at(-1)?.address).toBe(bo.email));
});

test("the same said again meanwhile is the same", async () => {
  const { asked, claim, tell } = said();
  claim(ana);
  const first = tell("c");
  claim({ ...ana });
  asked[0]!.yes();
  await first;
  await tell("c");
  expect(asked).toHaveLength(1);
});

test("of who has gone while being told nothing is kept", async () => {
  const { memory, asked, claim, tell } = said();
  claim(ana);
  const told = tell("c");
  claim(null);
  asked[0]!.yes();
  await told;
  expect(memory.get("identified")).toBeNull();
});
