import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { kept, page } from "./given";
import { visitorOf } from "./session";

let asked: { token?: string; answer(token: string): void }[];

/** The server, which answers by hand. */
beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", (_url: string, { body }: { body: string }) => new Promise((resolve) => asked.push({
    ...(JSON.parse(body) as { token?: string }),
    answer: (token) => resolve(new Response(JSON.stringify({ token }))),
  })));
});

afterEach(() => vi.unstubAllGlobals());

const asks = (count: number) => vi.waitFor(() => expect(asked).toHaveLength(count));

test("a session that comes after its visitor was forgotten is asked for again, as nobody", async () => {
  const memory = kept({ token: "ana" });
  const session = visitorOf("shop", memory).session(page, "en");
  await asks(1);
  memory.set("token", "");
  asked[0]!.answer("ana, renewed");
  await asks(2);
  expect(asked.map(({ token }) => token)).toEqual(["ana", undefined]);
  asked[1]!.answer("somebody new");
  await expect(session).resolves.toMatchObject({ token: "somebody new" });
  expect(memory.get("token")).toBe("somebody new");
});

test("only the token that was refused is forgotten", () => {
  const memory = kept({ token: "ana" });
  const visitor = visitorOf("shop", memory);
  visitor.token();
  memory.set("token", "somebody new, from another tab");
  visitor.forget();
  expect(memory.get("token")).not.toBe("");
  visitor.headers();
  visitor.forget();
  expect(memory.get("token")).toBe("");
});
