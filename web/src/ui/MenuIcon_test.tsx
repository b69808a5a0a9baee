import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { readdirSync, readFileSync } from "node:fs";
import { MenuIcon } from "./MenuIcon";

it("has a picture for every register that comes with the program, and none for another word", () => {
  const registers = "../registers/";
  for (const code of readdirSync(registers)) {
    const icon = /^icon: (.+)$/m.exec(readFileSync(`${registers}${code}/register.yaml`, "utf8"))?.[1] ?? "";
    expect(render(<MenuIcon name={icon} />).container.querySelector("svg"), code).not.toBeNull();
  }
  expect(render(<MenuIcon name="none" />).container.innerHTML).toBe("");
});

it("has every picture that a declaration is told of", () => {
  const schema = JSON.parse(readFileSync("../docs/protocols/register.schema.json", "utf8"));
  expect(schema.properties.icon.examples.length).toBeGreaterThan(10);
  for (const name of schema.properties.icon.examples) expect(render(<MenuIcon name={name} />).container.querySelector("svg"), name).not.toBeNull();
});
