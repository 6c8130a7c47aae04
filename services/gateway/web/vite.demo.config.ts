import { readdirSync } from "node:fs";
import { defineConfig } from "vite";

const pages = ["demo", "demo/bikes"].flatMap((folder) =>
  readdirSync(new URL(folder, import.meta.url)).filter((name) => name.endsWith(".html")).map((name) => `${folder}/${name}`),
);

/** The demo shop: `dist/demo`, served under `/demo/`. The gateway puts the channel's id into its pages. */
export default defineConfig({
  root: "demo",
  base: "/demo/",
  build: {
    outDir: "../dist/demo",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: pages },
  },
});
