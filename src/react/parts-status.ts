import type { KubeStatus } from './kube-factory.ts';

/** Where the parts of a source stand, as one. */
export interface PartsStatus {
  /** That of the parts that are not denied; of all of them where all are denied. */
  readonly status: KubeStatus;
  /** The names of the parts that the server forbids. */
  readonly denied: readonly string[];
}

/** What no part at all is like: complete, and nothing to do. */
const ofNone: KubeStatus = {
  phase: 'idle',
  since: 0,
  synced: true,
  stale: false,
  attempt: 0,
  lastError: undefined,
  retryAt: undefined,
  held: undefined,
  progress: undefined,
};

/** True while the server answers a part's requests with 403. */
export function isDenied({ lastError, attempt }: KubeStatus): boolean {
  return attempt > 0 && lastError?.reason === 'Forbidden';
}

/** One status for many: that of the part that is worst off, complete where all are, stale where one is. Pure. */
export function partsStatus(parts: ReadonlyMap<string, KubeStatus>): PartsStatus {
  const denied = [...parts].filter(([, status]) => isDenied(status)).map(([name]) => name);
  const live = [...parts.values()].filter((status) => !isDenied(status));
  const [first = ofNone, ...others] = live.length > 0 ? live : [...parts.values()];
  if (others.length === 0) return { status: first, denied };
  const all = [first, ...others];
  const worst = all.reduce((one, other) => (badness(other) > badness(one) ? other : one));
  const dues = all.flatMap(({ retryAt }) => retryAt ?? []);
  const status = {
    ...worst,
    synced: all.every(({ synced }) => synced),
    stale: all.some(({ stale }) => stale),
    retryAt: worst.retryAt === undefined ? undefined : Math.min(...dues),
  };
  return { status, denied };
}

/** True where nothing more comes by waiting: a request failed, or is held back until the user has done something. */
export function isFailing({ attempt, held }: KubeStatus): boolean {
  return attempt > 0 || held === 'signed out' || held === 'offline';
}

function badness({ synced, stale, attempt }: KubeStatus): number {
  return (attempt > 0 ? 4 : 0) + (stale ? 2 : 0) + (synced ? 0 : 1);
}
