import { describe, expect, it } from "vitest";
import { beside } from "../state/beside";
import { row } from "./people";

describe("going through the list", () => {
  const called = (conversation_id: string) => row({ conversation_id });
  const [one, two, three, four] = [called("1"), called("2"), called("3"), called("4")] as const;
  const all = [one, two, three, four];

  it("goes on from the open row, and stays at either end", () => {
    expect(beside(all, [], "2", 1)).toBe(three);
    expect(beside(all, [], "2", -1)).toBe(one);
    expect(beside(all, [], "4", 1)).toBe(four);
    expect(beside(all, [], "1", -1)).toBe(one);
  });

  it("goes on from where the open row stood when it has left, past others that left too", () => {
    expect(beside([one, three, four], all, "2", 1)).toBe(three);
    expect(beside([one, three, four], all, "2", -1)).toBe(one);
    expect(beside([one, four], all, "2", 1)).toBe(four);
    expect(beside([one, two], all, "4", 1)).toBe(two);
  });

  it("begins at the top when nothing was open in it, and nowhere when it is empty", () => {
    expect(beside(all, [], null, 1)).toBe(one);
    expect(beside(all, [], "elsewhere", -1)).toBe(one);
    expect(beside([], all, "2", 1)).toBeUndefined();
  });
});
