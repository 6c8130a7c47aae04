import { beforeEach, describe, expect, it } from "vitest";
import { leaveConversation, takeFocus, write } from "../hooks/ui";
import { CHAT, OTHER_CHAT } from "./people";

beforeEach(leaveConversation);

describe("the keyboard", () => {
  it("goes to the editor that was meant, once, whenever it comes", () => {
    write(CHAT, "comment");
    expect([takeFocus(CHAT, "reply"), takeFocus(OTHER_CHAT, "comment")]).toEqual([false, false]);
    expect([takeFocus(CHAT, "comment"), takeFocus(CHAT, "comment")]).toEqual([true, false]);
  });

  it("goes there again when that is wanted again", () => {
    for (const _ of [1, 2]) {
      write(CHAT, "reply");
      expect(takeFocus(CHAT, "reply")).toBe(true);
    }
  });

  it("goes nowhere once the conversation was left", () => {
    write(CHAT, "comment");
    leaveConversation();
    expect(takeFocus(CHAT, "comment")).toBe(false);
  });
});
