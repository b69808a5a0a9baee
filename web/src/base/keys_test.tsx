import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { useKeys, type Keys } from "./keys";

function Page({ keys, children }: { keys: Keys; children?: React.ReactNode }) {
  useKeys(keys);
  return (
    <div>
      <input aria-label="ô" />
      <button>nút</button>
      {children}
    </div>
  );
}

it("hears a key outside fields only, in either case", () => {
  const move = vi.fn();
  render(<Page keys={{ j: move }} />);
  fireEvent.keyDown(document.body, { key: "j" });
  fireEvent.keyDown(document.body, { key: "J", shiftKey: true });
  expect(move).toHaveBeenCalledTimes(2);
  fireEvent.keyDown(screen.getByLabelText("ô"), { key: "j" });
  expect(move).toHaveBeenCalledTimes(2);
});

it("hears Ctrl+Enter even while typing", () => {
  const save = vi.fn();
  render(<Page keys={{ "Ctrl+Enter": save }} />);
  fireEvent.keyDown(screen.getByLabelText("ô"), { key: "Enter", ctrlKey: true });
  expect(save).toHaveBeenCalledOnce();
  fireEvent.keyDown(screen.getByLabelText("ô"), { key: "Enter" });
  expect(save).toHaveBeenCalledOnce();
});

it("leaves Enter to a button that has the focus", () => {
  const open = vi.fn();
  render(<Page keys={{ Enter: open }} />);
  fireEvent.keyDown(screen.getByText("nút"), { key: "Enter" });
  expect(open).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { key: "Enter" });
  expect(open).toHaveBeenCalledOnce();
});

it("rests its letters while a dialog is open", () => {
  const move = vi.fn();
  render(
    <Page keys={{ j: move }}>
      <div role="dialog" aria-modal="true" />
    </Page>,
  );
  fireEvent.keyDown(document.body, { key: "j" });
  expect(move).not.toHaveBeenCalled();
});

it("asks the page that came last, and the other once that is gone", () => {
  const first = vi.fn();
  const last = vi.fn();
  render(<Page keys={{ j: first }} />);
  const over = render(<Page keys={{ j: last }} />);
  fireEvent.keyDown(document.body, { key: "j" });
  expect([first.mock.calls.length, last.mock.calls.length]).toEqual([0, 1]);
  over.unmount();
  fireEvent.keyDown(document.body, { key: "j" });
  expect([first.mock.calls.length, last.mock.calls.length]).toEqual([1, 1]);
});
