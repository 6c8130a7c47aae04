import { defineConfig } from "vite";

/** The loader: one classic script, `dist/widget/widget.js`. */
export default defineConfig({
  root: "widget",
  publicDir: false,
  build: {
    outDir: "../dist/widget",
    emptyOutDir: false,
    target: "es2022",
    lib: { entry: "loader/main.ts", formats: ["iife"], name: "parleyLoader", fileName: () => "widget.js" },
  },
});
