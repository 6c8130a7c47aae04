/** What a first visit downloads, measured on the built console (`npm run build:console`). */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";

const DIST = new URL("../../dist/console/", import.meta.url);
const FIRST_LOAD = 350_000;
const WITH_EDITOR = 445_000;

const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", DIST), "utf8"));
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const size = (file) => {
  const bytes = readFileSync(new URL(file, DIST));
  return file.endsWith(".woff2") ? bytes.length : gzipSync(bytes).length;
};

/** The scripts and styles a chunk needs before it runs. */
function needed(key, found = new Set()) {
  const { file, css = [], imports = [] } = manifest[key];
  for (const name of [file, ...css]) found.add(name);
  for (const other of imports) if (!found.has(manifest[other].file)) needed(other, found);
  return found;
}

const latin =
  Object.values(manifest).find(({ file }) => /inter-latin-wght/.test(file))?.file ??
  [...(manifest[entry].assets ?? [])].find((file) => /inter-latin-wght/.test(file));
const weigh = (files) => [...files].reduce((sum, file) => sum + size(file), 0);

it("loads at most 350 kB, the face of its letters included", () => {
  expect(weigh([...needed(entry), "index.html", latin])).toBeLessThanOrEqual(FIRST_LOAD);
});

it("loads the editor only when a conversation is opened", () => {
  const editor = Object.keys(manifest).find((key) => key.endsWith("editor/Editor.tsx"));
  expect(needed(entry).has(manifest[editor].file)).toBe(false);
  expect(weigh([...needed(editor, needed(entry)), "index.html", latin])).toBeLessThanOrEqual(WITH_EDITOR);
});

it("holds no inline script or style, which the content security policy would refuse", () => {
  const page = readFileSync(new URL("index.html", DIST), "utf8");
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=/);
});
