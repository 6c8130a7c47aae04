import { expect, test } from "vitest";
import { fileIn, problemOf } from "./http";
import { Refusal } from "./refusal";

test("a problem is read as the server worded it", () => {
  const text = JSON.stringify({ type: "about:blank", code: "file_refused", title: "This file cannot be attached.", detail: "Too big" });
  expect(problemOf(422, text)).toEqual({ code: "file_refused", status: 422, title: "This file cannot be attached.", detail: "Too big" });
});

test("a proxy's page is a problem without words of its own, and may pass", () => {
  const problem = problemOf(502, "<html>Bad gateway</html>");
  expect(problem).toMatchObject({ code: "http_502", detail: null });
  expect(new Refusal(problem).temporary).toBe(true);
});

test("JSON that is no problem is no problem", () => {
  expect(problemOf(500, "null").code).toBe("http_500");
  expect(problemOf(400, '{"code": 7}').code).toBe("http_400");
});

test("a refusal speaks the most exact sentence it has", () => {
  expect(new Refusal(problemOf(422, '{"code":"a","title":"Title","detail":"Detail"}')).message).toBe("Detail");
  expect(new Refusal(problemOf(409, '{"code":"a","title":"Title"}')).temporary).toBe(false);
});

test("a page that a proxy puts in the place of a stored file is no file", () => {
  expect(fileIn('{"file_id": "f", "name": "a.txt"}')).toMatchObject({ name: "a.txt" });
  for (const text of ["<html>Welcome to the hotel</html>", "null", "{}", ""]) expect(fileIn(text)).toBeNull();
});
