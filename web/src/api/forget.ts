const holders = new Set<() => void>();
let turn = 0;

/** What is kept beyond a page goes when another account comes, or none: `clear` throws it away. */
export function onForget(clear: () => void): void {
  holders.add(clear);
}

export function forget(): void {
  turn += 1;
  for (const clear of holders) clear();
}

/** How often all was forgotten: an answer to what was asked before is no longer for whoever sits here. */
export const forgotten = () => turn;
