import { defineConfig } from "vite";

/** The frame: `dist/widget/frame.html` and its `assets`, served under `/widget/`. */
export default defineConfig({
  root: "widget",
  base: "/widget/",
  publicDir: false,
  build: {
    outDir: "../dist/widget",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: "widget/frame.html" },
  },
});
