import { expect, it } from "vitest";
import { showAgent } from "./agent";

it("names browser and system", () => {
  expect(showAgent("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0")).toBe("Edge trên Windows");
  expect(showAgent("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")).toBe("Firefox trên Linux");
  expect(showAgent("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36")).toBe("Chrome trên Android");
  expect(showAgent("curl/7.88.1")).toBe("Trình duyệt khác");
});
