import { describe, expect, test } from "vitest";
import { askOf, begunAnew, nextOf, parseOutbox, refusedWith, retried, type Outgoing } from "./outbox";

const page = { url: "https://shop.example/", title: "" };
const first: Outgoing = {
  command_id: "k1", conversation_id: "c1", message_id: "m1", text: "Hello", files: [], page, at: "2026-03-02T12:00:00Z", refused: null, retry: false,
};
const second: Outgoing = { ...first, command_id: "k2", message_id: "m2", text: "Are you there?", page: null };
const ids = () => {
  let n = 0;
  return () => `new${++n}`;
};

test("the first words begin the conversation, later ones go on with it", () => {
  expect(askOf(first)).toMatchObject({ type: "start_conversation", page, message_id: "m1", written: { text: "Hello", file_ids: [] } });
  expect(askOf(second)).toMatchObject({ type: "post_message", conversation_id: "c1" });
  expect(askOf(second)).not.toHaveProperty("page");
});

test("the oldest goes first; a refused one lets the others pass", () => {
  expect(nextOf([first, second])).toBe(first);
  expect(nextOf(refusedWith([first, second], "m1", "nothing_to_say", false))).toMatchObject({ message_id: "m2" });
});

test("a server that is busy is asked again with the same command", () => {
  const busy = refusedWith([first], "m1", "unavailable", true);
  expect(nextOf(busy)).toMatchObject({ message_id: "m1", command_id: "k1" });
  expect(retried(busy, "m1", ids(), "c2", page)[0]).toMatchObject({ command_id: "k1", refused: null });
});

describe("trying again", () => {
  test("sends the same message under a new command", () => {
    const again = retried(refusedWith([first], "m1", "nothing_to_say", false), "m1", ids(), "c2", page);
    expect(again).toEqual([{ ...first, command_id: "new1" }]);
  });

  test("lets words follow a conversation that others have begun meanwhile", () => {
    const refused = refusedWith([first], "m1", "conversation_has_started", false);
    expect(askOf(retried(refused, "m1", ids(), "c2", page)[0]!)).toMatchObject({ type: "post_message", conversation_id: "c1", message_id: "m1" });
  });

  test("takes words for an ended conversation into a new one, in their order", () => {
    const third = { ...second, command_id: "k3", message_id: "m3" };
    const refused = ["m2", "m3"].reduce((all, id) => refusedWith(all, id, "conversation_is_closed", false), [second, third]);
    const again = retried(refused, "m3", ids(), "c2", page);
    expect(again.map(({ conversation_id, text }) => [conversation_id, text])).toEqual([["c2", second.text], ["c2", third.text]]);
    expect(again.map((one) => askOf(one).type)).toEqual(["start_conversation", "post_message"]);
    expect(new Set(again.flatMap(({ command_id, message_id }) => [command_id, message_id])).size).toBe(4);
  });

  test("lets words begin the new one, not what was refused for itself", () => {
    const photo = { ...first, text: "", refused: "file_not_found" };
    const again = retried([photo, ...refusedWith([second], "m2", "conversation_not_found", false)], "m2", ids(), "c2", page);
    expect(again.map((one) => [one.text, askOf(one).type])).toEqual([["", "post_message"], [second.text, "start_conversation"]]);
  });

  test("of a message that is gone changes nothing", () => {
    const all = [first];
    expect(retried(all, "m9", ids(), "c2", page)).toBe(all);
  });
});

describe("for somebody else to the server", () => {
  const file = { file_id: "f", name: "bike.png", media_type: "image/png", size: 1, width: null, height: null };
  const elsewhere = { ...second, conversation_id: "c0", refused: "conversation_not_found" };
  const anew = (...all: Outgoing[]) => begunAnew(all, ids(), "c2", page);

  test("all that waits begins one new conversation, in its order, as new messages", () => {
    const again = anew(elsewhere, { ...first, page: null });
    expect(again.map((one) => [one.conversation_id, one.text, one.refused])).toEqual([["c2", second.text, null], ["c2", first.text, null]]);
    expect(again.map((one) => askOf(one).type)).toEqual(["start_conversation", "post_message"]);
    expect(new Set(again.flatMap(({ command_id, message_id }) => [command_id, message_id])).size).toBe(4);
  });

  test("words leave behind the files of whoever was here before, files alone stay", () => {
    expect(anew({ ...first, files: [file] }, { ...second, text: "", files: [file] }).map(({ files }) => files.length)).toEqual([0, 1]);
  });

  test("files alone begin nothing where there are words", () => {
    const photo = { ...first, text: "", files: [file] };
    expect(anew(photo, second, first).map((one) => askOf(one).type)).toEqual(["post_message", "start_conversation", "post_message"]);
    expect(anew(photo).map((one) => askOf(one).type)).toEqual(["start_conversation"]);
  });
});

describe("what the browser kept", () => {
  test("comes back as it was", () => expect(parseOutbox(JSON.stringify([first, second]))).toEqual([first, second]));

  test.each([null, "", "no json", "{}", "[1]", '[{"text": 1}]'])("%s is an empty outbox", (kept) => expect(parseOutbox(kept)).toEqual([]));
});
