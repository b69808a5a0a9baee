import { expect, test } from "vitest";
import { touched } from "./events";

test.each([
  ["inbox", {}, ["/inbox", "/menu", "/files/waiting"]],
  ["notice", {}, ["/notices"]],
  ["record", { id: 12 }, ["/records/12", "/registers/"]],
  ["record", {}, ["/registers/"]],
  ["other", {}, []],
])("%s %o makes %o stale", (event, data, stale) => expect(touched(event, data)).toEqual(stale));
