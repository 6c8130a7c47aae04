/** What the widget weighs on the line, gzip: the loader at most 3 kB, all of the chat at most 40 kB. */
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { build, type Rolldown } from "vite";

const KB = 1_000;

interface Built {
  name: string;
  bytes: number;
}

async function built(config: string): Promise<Built[]> {
  const configFile = new URL(`../${config}`, import.meta.url).pathname;
  const made = (await build({ configFile, logLevel: "error", build: { write: false } })) as Rolldown.RolldownOutput | Rolldown.RolldownOutput[];
  const files = [made].flat().flatMap(({ output }) => output);
  return files.map((file) => ({ name: file.fileName, bytes: gzipSync(file.type === "chunk" ? file.code : file.source, { level: 9 }).length }));
}

const sum = (files: Built[]) => files.reduce((all, { bytes }) => all + bytes, 0);

test("the loader is at most 3 kB", async () => {
  const files = await built("vite.loader.config.ts");
  expect(files.map(({ name }) => name)).toEqual(["widget.js"]);
  expect(sum(files)).toBeLessThanOrEqual(3 * KB);
});

test("the chat is one script beside its page, together at most 40 kB", async () => {
  const files = await built("vite.widget.config.ts");
  expect(files.map(({ name }) => name.replace(/-[\w-]+\./, "."))).toEqual(expect.arrayContaining(["frame.html", "assets/frame.js"]));
  expect(files).toHaveLength(2);
  expect(sum(files)).toBeLessThanOrEqual(40 * KB);
});
