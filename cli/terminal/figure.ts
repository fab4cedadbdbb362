/** A number as people read it: `1,234`. */
export function figure(count: number): string {
  return count.toLocaleString('en');
}

/** A count with its noun: `1 relist`, `2 relists`. */
export function plural(count: number, word: string): string {
  return `${figure(count)} ${word}${count === 1 ? '' : 's'}`;
}
