import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { NumberChoice, numberOf } from "./NumberChoice";

const reserved = [
  { number: 2, shown: "02", reason: "Ký tay ngày 24/8" },
  { number: 3, shown: "03", reason: "Văn bản fax" },
];

it("asks only where numbers are set aside, and shows what for", () => {
  const chosen = vi.fn();
  const { rerender, container } = render(<NumberChoice next="04" value={null} onChange={chosen} />);
  expect(container.textContent).toBe("");
  rerender(<NumberChoice reserved={reserved} next="04" value={null} onChange={chosen} />);
  expect(screen.getByText("Số tiếp theo (04)")).toBeTruthy();
  fireEvent.mouseDown(screen.getByRole("combobox"));
  fireEvent.click(screen.getByTitle("02 – giữ trước: Ký tay ngày 24/8"));
  expect(chosen).toHaveBeenCalledWith(2);
});

it("tells the act of a number that is still set aside, and of no other", () => {
  expect(numberOf(reserved, 3)).toEqual({ number: 3 });
  expect(numberOf(reserved, null)).toEqual({});
  expect(numberOf(reserved, 9)).toEqual({});
  expect(numberOf(undefined, 3)).toEqual({});
});
