import type { Plugin } from "vite";
import { Refusal, Routes, body, done } from "./http";
import { recordRoutes } from "./routes_records";
import { restRoutes } from "./routes_rest";
import { sessionRoutes } from "./routes_session";
import { state } from "./data/state";

/** A server that isn't there: answers the API from memory while pages are looked at. Never part of a build. */
export function mock(): Plugin {
  const routes = new Routes();
  sessionRoutes(routes);
  recordRoutes(routes);
  restRoutes(routes);
  const open = new Set(["POST /session", "GET /session"]);
  return {
    name: "congvu-mock",
    apply: "serve",
    configureServer(server) {
      server.middlewares.use("/api", (request, response) => {
        void (async () => {
          const url = new URL(request.url ?? "/", "http://mock");
          const method = request.method ?? "GET";
          const raw = await body(request);
          const refuse = (refusal: Refusal) => {
            const { current, ...more } = refusal.more;
            response.writeHead(refusal.status, { "Content-Type": "application/json" });
            response.end(JSON.stringify({ error: { code: refusal.code, message: refusal.message, ...more, request: "mock" }, current }));
          };
          try {
            if (!state.signedIn && !open.has(`${method} ${url.pathname}`)) throw new Refusal(401, "session.none", "Chưa đăng nhập.");
            const found = routes.find(method, url.pathname);
            if (!found) throw new Refusal(404, "mock.none", `Máy chủ thử chưa có ${method} ${url.pathname}`);
            const isJson = String(request.headers["content-type"] ?? "").includes("json");
            const answer = await found.handler({ method, path: url.pathname, query: url.searchParams, at: found.at, body: isJson && raw.length ? JSON.parse(raw.toString()) : {}, raw, request, response });
            if (answer === done) return;
            response.writeHead(answer === undefined ? 204 : method === "POST" ? 201 : 200, { "Content-Type": "application/json" });
            response.end(answer === undefined ? undefined : JSON.stringify(answer));
          } catch (error) {
            refuse(error instanceof Refusal ? error : new Refusal(500, "mock.fault", String(error)));
          }
        })();
      });
    },
  };
}
