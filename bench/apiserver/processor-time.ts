import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts the time of processes in hundredths of a second. */
const tick = 10;

/** What Linux tells of a process behind its name; empty once it has ended, and where there is no `/proc`. */
function statOf(id: number): { readonly name: string; readonly fields: readonly string[] } {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8');
    const end = text.lastIndexOf(')');
    return { name: text.slice(text.indexOf('(') + 1, end), fields: text.slice(end + 2).split(' ') };
  } catch {
    return { name: '', fields: [] };
  }
}

/** The processes of these names that this one has started. */
export function childrenCalled(names: readonly string[]): number[] {
  if (process.platform !== 'linux') return [];
  const ids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return ids.filter((id) => {
    const { name, fields } = statOf(id);
    return names.includes(name) && fields[1] === String(process.pid);
  });
}

/** The time of the processor that processes have taken so far, in milliseconds. NaN where it cannot be told. */
export function processorTime(ids: readonly number[]): number {
  if (ids.length === 0) return Number.NaN;
  return ids.reduce((sum, id) => {
    const { fields } = statOf(id);
    return sum + (Number(fields[11]) + Number(fields[12])) * tick;
  }, 0);
}
