import { expect, test } from "vitest";
import { fit } from "./LeftMenu";

test.each([
  ["/inbox", "/inbox", "", 60],
  ["/inbox?late=1", "/inbox", "?late=1", 61],
  ["/inbox?late=1", "/inbox", "", -1],
  ["/registers", "/registers/incoming", "?queue=late", 100],
  ["/registers/incoming?queue=late", "/registers/incoming", "?queue=late&q=x", 191],
  ["/register", "/registers", "", -1],
])("%s at %s%s fits %d", (path, pathname, search, fits) => expect(fit(path, pathname, search)).toBe(fits));
