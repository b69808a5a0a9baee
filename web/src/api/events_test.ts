import { expect, test } from "vitest";
import { touched } from "./events";

test.each([
  ["inbox", ["/inbox", "/menu", "/files/waiting", "/notices", "/right-changes"]],
  ["files", ["/files/waiting"]],
  ["other", []],
])("%s makes %o stale", (event, stale) => expect(touched(event)).toEqual(stale));
