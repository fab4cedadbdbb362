import type { CacheEvent } from 'kuberx';

/** The last line that `npm start -- --json` prints. */
export interface Summary {
  /** Objects in the first whole state. */
  readonly synced: number;
  /** Changes after it, one by one. */
  readonly events: number;
  /** Whole states after the first. */
  readonly relists: number;
  readonly interruptions: number;
}

/** The state that the lines of `npm start -- --json` describe. */
export interface Folded {
  /** Key to resource version: the final state. */
  readonly versions: ReadonlyMap<string, string>;
  /** Lines of each type. */
  readonly counts: ReadonlyMap<string, number>;
  /** Objects that a relist did not have any more: their deletions were missed, and made good. */
  readonly missedDeletions: number;
  /** Objects that were said to be at an older version than before. */
  readonly travelledBack: readonly string[];
  /** The summary that has to follow from the lines. */
  readonly counted: Summary;
  /** The summary; absent if the last line is no summary. */
  readonly summary: Summary | undefined;
}

type Line =
  | { readonly type: 'Replaced'; readonly resourceVersion: string; readonly objects: Readonly<Record<string, string>> }
  | { readonly type: 'Added' | 'Updated' | 'Deleted'; readonly key: string; readonly resourceVersion: string }
  | { readonly type: Exclude<CacheEvent<unknown>['type'], 'Replaced' | 'Added' | 'Updated' | 'Deleted'> }
  | { readonly summary: Summary };

/**
 * Folds the lines in order into the state that they describe.
 * @throws SyntaxError for a line that is invalid JSON; TypeError for a line of an unknown type, or a line after the
 * summary.
 */
export function foldCacheEvents(lines: Iterable<string>): Folded {
  let versions = new Map<string, string>();
  const counts = new Map<string, number>();
  const newest = new Map<string, string>();
  const travelledBack: string[] = [];
  let missedDeletions = 0;
  let synced: number | undefined;
  let summary: Summary | undefined;
  const see = (key: string, version: string): void => {
    const seen = newest.get(key);
    if (seen !== undefined && BigInt(version) < BigInt(seen)) travelledBack.push(`${key}: ${seen}, then ${version}`);
    else newest.set(key, version);
  };
  for (const text of lines) {
    if (summary !== undefined) throw new TypeError(`a line follows the summary: ${text.slice(0, 80)}`);
    const line = JSON.parse(text) as Line;
    if ('summary' in line) {
      summary = line.summary;
      continue;
    }
    counts.set(line.type, (counts.get(line.type) ?? 0) + 1);
    switch (line.type) {
      case 'Replaced': {
        const replacement = new Map(Object.entries(line.objects));
        synced ??= replacement.size;
        missedDeletions += [...versions.keys()].filter((key) => !replacement.has(key)).length;
        for (const [key, version] of replacement) see(key, version);
        versions = replacement;
        break;
      }
      case 'Added':
      case 'Updated':
        see(line.key, line.resourceVersion);
        versions.set(line.key, line.resourceVersion);
        break;
      case 'Deleted':
        see(line.key, line.resourceVersion);
        versions.delete(line.key);
        break;
      case 'Bookmark':
      case 'Sync':
      case 'Requested':
      case 'Opened':
      case 'Received':
      case 'Settled':
      case 'Unwatched':
      case 'HeldBack':
      case 'Interrupted':
      case 'Refused':
        break;
      default:
        line satisfies never;
        throw new TypeError(`a line of no known type: ${text.slice(0, 80)}`);
    }
  }
  const count = (type: string): number => counts.get(type) ?? 0;
  const counted: Summary = {
    synced: synced ?? 0,
    events: count('Added') + count('Updated') + count('Deleted'),
    relists: Math.max(0, count('Replaced') - 1),
    interruptions: count('Interrupted'),
  };
  return { versions, counts, missedDeletions, travelledBack, counted, summary };
}
