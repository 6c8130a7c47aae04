import { expect, test } from "vitest";
import { pastedFiles, type Clipboard } from "./clipboard";

const picture = new File(["…"], "image.png", { type: "image/png" });
const invoice = new File(["…"], "invoice.pdf", { type: "application/pdf" });

function clipboard(text: string, ...files: File[]): Clipboard {
  return { getData: (kind) => (kind === "text/plain" ? text : ""), files: files as unknown as FileList };
}

test("a copied picture is attached", () => expect(pastedFiles(clipboard("", picture))).toEqual([picture]));

test("words from an office program stay words, though a picture of them lies beside them", () => {
  expect(pastedFiles(clipboard("Fell 3\t2190\r\nMoor 1\t1490\r\n", picture))).toEqual([]);
});

test("files whose names a file manager wrote beside them are attached", () => {
  expect(pastedFiles(clipboard("image.png\rinvoice.pdf", picture, invoice))).toEqual([picture, invoice]);
});

test("words alone, and nothing at all, are no files", () => {
  expect(pastedFiles(clipboard("Hello"))).toEqual([]);
  expect(pastedFiles(null)).toEqual([]);
});
