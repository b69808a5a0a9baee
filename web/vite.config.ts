/// <reference types="vitest/config" />
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const fonts = fileURLToPath(new URL("node_modules/pdfjs-dist/standard_fonts", import.meta.url));

/** The fourteen faces a PDF may leave out, beside our own files. */
function pdfFonts(): Plugin {
  const names = readdirSync(fonts).filter((name) => /\.(pfb|ttf)$/.test(name));
  return {
    name: "pdf-fonts",
    generateBundle() {
      for (const name of names) this.emitFile({ type: "asset", fileName: `assets/pdf-fonts/${name}`, source: readFileSync(`${fonts}/${name}`) });
    },
    configureServer(server) {
      server.middlewares.use("/assets/pdf-fonts", (request, response, next) => {
        const name = (request.url ?? "").replace(/^\//, "");
        if (names.includes(name)) response.end(readFileSync(`${fonts}/${name}`));
        else next();
      });
    },
  };
}

export default defineConfig({
  plugins: [react(), pdfFonts()],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  server: {
    host: "127.0.0.1",
    port: Number(process.env.CONGVU_WEB_PORT ?? 5173),
    proxy: { "/api": process.env.CONGVU_SERVER ?? "http://127.0.0.1:8080" },
  },
  build: {
    target: "es2021",
    manifest: true,
    cssCodeSplit: true,
    sourcemap: false,
    // No inlined data: what is served is what is named, and the CSP stays short.
    assetsInlineLimit: 0,
    // Our own loader of chunks needs no polyfill, so that no script is ever inline.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  test: { environment: "jsdom", setupFiles: ["src/test_setup.ts"], include: ["src/**/*_test.{ts,tsx}"], css: false },
});
