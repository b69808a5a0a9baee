import { useEffect, useRef } from "react";

/**
 * Keys of a page: {"j": next, "Enter": open, "Ctrl+Enter": save}. A key without Ctrl or Alt rests while a field is being
 * typed into or a dialog is open; the latest page to mount is asked first.
 */
export type Keys = Record<string, ((event: KeyboardEvent) => void) | undefined>;

const stack: { current: Keys }[] = [];

export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit", "file"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** "Ctrl+Enter", "j", "?", "Shift+Tab"; a letter is told without Shift. */
export function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "") + key;
}

function dialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]:not([hidden])') !== null;
}

/** Enter on a button or link is its own business. */
function ownsEnter(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("a[href], button, [role=button], [role=tab], [role=menuitem], summary") !== null;
}

const isChord = (name: string) => name.startsWith("Ctrl+") || name.startsWith("Alt+");

function handle(event: KeyboardEvent): void {
  const name = nameOf(event);
  if (event.defaultPrevented || event.isComposing || isChord(name)) return;
  if (typing(event.target) || dialogOpen()) return;
  if (name === "Enter" && ownsEnter(event.target)) return;
  run(name, event);
}

/** Heard before the field that is typed into: to a picker, Ctrl+Enter would be another Enter. */
function handleChord(event: KeyboardEvent): void {
  const name = nameOf(event);
  if (isChord(name) && !event.isComposing && run(name, event)) event.stopPropagation();
}

function run(name: string, event: KeyboardEvent): boolean {
  for (let index = stack.length - 1; index >= 0; index -= 1) {
    const action = stack[index]!.current[name];
    if (!action) continue;
    event.preventDefault();
    action(event);
    return true;
  }
  return false;
}

function listen(): void {
  document.addEventListener("keydown", handle);
  document.addEventListener("keydown", handleChord, true);
}

function rest(): void {
  document.removeEventListener("keydown", handle);
  document.removeEventListener("keydown", handleChord, true);
}

export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (stack.length === 0) listen();
    stack.push(latest);
    return () => {
      stack.splice(stack.indexOf(latest), 1);
      if (stack.length === 0) rest();
    };
  }, []);
}
