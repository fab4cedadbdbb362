import { once } from 'node:events';
import { createServer } from 'node:net';
import { NEVER, Subject as Source, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type Commit, emptySnapshot, type KubernetesObject, type ListerWatcher, type Snapshot } from 'kuberx';
import { commitOf } from 'kuberx/store';
import { buildObject } from 'kuberx/testing';
import { CommitAudit } from '../../../scripts/soak/commit-audit.ts';
import { differences } from '../../../scripts/soak/differences.ts';
import { faultPlan } from '../../../scripts/soak/fault-plan.ts';
import { faultName } from '../../../scripts/soak/fault.ts';
import { HeldSnapshots } from '../../../scripts/soak/held-snapshots.ts';
import { holdings, leftovers } from '../../../scripts/soak/leftovers.ts';
import { RequestAudit } from '../../../scripts/soak/request-audit.ts';
import { seededRandom } from '../../../scripts/soak/seeded-random.ts';

type TestCommit = Commit<KubernetesObject>;

const a = (version: string, uid = 'uid-a'): KubernetesObject =>
  buildObject('default/a', version, { metadata: { uid } });
const b = buildObject('default/b', '3', { metadata: { uid: 'uid-b' } });

function listed(...objects: KubernetesObject[]): TestCommit {
  return commitOf(emptySnapshot<KubernetesObject>(), { type: 'Replaced', objects, resourceVersion: '5' });
}

function next(commit: TestCommit, type: 'Updated' | 'Deleted', object: KubernetesObject): TestCommit {
  return commitOf(commit.snapshot, { type, object, resourceVersion: object.metadata.resourceVersion! });
}

/** What the audit says of these commits, one after the other. */
function audited(commits: readonly TestCommit[], returns = false): string[] {
  const audit = new CommitAudit({ returns });
  return commits.flatMap((commit) => audit.check(commit));
}

describe('CommitAudit', () => {
  const first = listed(a('4'), b);
  const updated = next(first, 'Updated', a('6'));
  const deleted = next(updated, 'Deleted', a('7'));
  const recreated = next(deleted, 'Updated', a('8', 'uid-c'));

  it('finds nothing wrong with what a store does', () => {
    expect(audited([first, updated, deleted, recreated])).toEqual([]);
    expect(audited([first, updated, deleted, next(deleted, 'Updated', a('9'))], true)).toEqual([]);
  });

  it.each<[string, readonly TestCommit[], RegExp]>([
    [
      'an addition of what is known',
      [first, { ...first, previous: first.snapshot }],
      /added default\/a: it was known/u,
    ],
    ['an update of what is not known', [updated], /updated default\/a: it was not known/u],
    ['a deletion of what is not known', [deleted], /deleted default\/a: it was not known/u],
    ['an old object that was not the held one', [first, updated, updated], /the old object is another one/u],
    [
      'a version that comes after a later one',
      [first, next(updated, 'Updated', a('9')), updated],
      /version 6 comes after/u,
    ],
    ['a snapshot that goes back', [first, { ...updated, previous: recreated.snapshot }], /from 8 back to 6/u],
    [
      'a uid that comes back',
      [first, updated, deleted, next(deleted, 'Updated', a('9'))],
      /uid uid-a had been deleted/u,
    ],
    [
      'an event without its object',
      [first, { ...updated, snapshot: first.snapshot }],
      /default\/a is not what the events/u,
    ],
    [
      'an event too few',
      [{ ...first, events: first.events.slice(1) }],
      /events lead to 1 objects, the snapshot holds 2/u,
    ],
  ])('finds %s', (_, commits, words) => {
    expect(audited(commits)).toContainEqual(expect.stringMatching(words));
  });

  it('finds a deletion that was not told', () => {
    const audit = new CommitAudit({ returns: false });
    audit.check(first);

    expect(audit.settle(new Set(['uid-a', 'uid-b']))).toEqual([]);
    expect(audit.settle(new Set(['uid-b']))).toEqual(['uid uid-a: 1 additions and 0 deletions']);
  });
});

describe('differences', () => {
  const { snapshot } = listed(a('4'), b);

  it('are none where a snapshot holds what was listed', () => {
    expect(differences(snapshot, [structuredClone(a('4')), b], { deep: true })).toEqual([]);
  });

  it.each<[string, readonly KubernetesObject[], string[]]>([
    ['a ghost', [b], ['default/a is no more']],
    [
      'what is missing',
      [a('4'), b, buildObject('c', '1', { metadata: { uid: 'uid-c' } })],
      ['c is absent instead of uid-c@1'],
    ],
    ['another version', [a('5'), b], ['default/a is uid-a@4 instead of uid-a@5']],
    ['another uid', [a('4', 'x'), b], ['default/a is uid-a@4 instead of x@4']],
    ['another content', [{ ...a('4'), kind: 'Other' }, b], ['default/a uid-a@4 has another content']],
  ])('tell of %s', (_, list, expected) => {
    expect(differences(snapshot, list, { deep: true })).toEqual(expected);
  });
});

describe('HeldSnapshots', () => {
  it('finds a snapshot that has changed', () => {
    const { snapshot } = listed(a('4'), b);
    let kind = 'Pod';
    const changing = Object.create(snapshot, {
      getByKey: { value: (key: string) => ({ ...snapshot.getByKey(key), kind }) },
    }) as Snapshot<KubernetesObject>;
    const held = new HeldSnapshots(1);
    held.offer(snapshot);
    held.offer(changing);
    kind = 'Other';

    expect(held.check()).toEqual(['the snapshot of revision 1 has changed']);
    expect(held.check()).toEqual([]);
  });
});

describe('RequestAudit', () => {
  it('finds two requests at once, two watches within a second, and what stays open', () => {
    const wrong: string[] = [];
    const audit = new RequestAudit((what) => wrong.push(what));
    const server: ListerWatcher<KubernetesObject> = {
      resource: 'v1/pods',
      list: () => of({ items: [], resourceVersion: '1' }),
      watch: () => NEVER,
    };
    const audited = audit.over(server);
    audited.list({}).subscribe();
    const open = audited.watch({}).subscribe();
    expect([wrong, audit.open]).toEqual([[], 1]);
    audited.watch({}).subscribe();

    expect(wrong).toEqual([expect.stringMatching(/^two watches within \d+ ms$/u), '2 requests at once']);
    open.unsubscribe();
    expect([audit.open, audit.lists, audit.watches]).toEqual([1, 1, 2]);
  });

  it('passes on what comes', () => {
    const frames$ = new Source<never>();
    const server: ListerWatcher<KubernetesObject> = { resource: 'v1/pods', list: () => frames$, watch: () => frames$ };
    const errors: unknown[] = [];
    const audit = new RequestAudit(() => undefined);
    audit
      .over<KubernetesObject>(server)
      .watch({})
      .subscribe({ error: (error: unknown) => errors.push(error) });
    const broken = new Error('broken');
    frames$.error(broken);

    expect([errors, audit.open]).toEqual([[broken], 0]);
  });
});

describe('leftovers', () => {
  it('are what was not there before', async () => {
    const baseline = await holdings();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const left = await leftovers(baseline, 0);
    server.close();
    await once(server, 'close');

    expect(left).toContain('1 TCPServerWrap over the baseline');
    expect(await leftovers(baseline, 5000)).not.toContain('1 TCPServerWrap over the baseline');
  });

  it('tell of the heap', async () => {
    const before = await holdings();
    const kept = Array.from({ length: 500_000 }, (_, n) => ({ n }));
    const after = await holdings();

    expect(kept).toHaveLength(500_000);
    expect(after.heap - before.heap).toBeGreaterThan(4_000_000);
  });
});

describe('faultPlan', () => {
  const drawn = (seed: number, share?: number): string[] => {
    const plan = faultPlan({ random: seededRandom(seed), ...(share !== undefined && { share }) });
    return Array.from({ length: 2000 }, (_, n) => {
      const fault = plan((['watch', 'request', 'stream'] as const)[n % 3]!);
      return fault === undefined ? 'none' : `${faultName(fault)} ${JSON.stringify(fault)}`;
    });
  };

  it('is the same for the same seed, and another for another', () => {
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
  });

  it('has every kind of fault, and as many as it is asked for', () => {
    const kinds = new Set(drawn(7).map((text) => text.split(' {')[0]));
    const frames = ['truncate', 'duplicate', 'garble', 'error frame 410', 'error frame 500'];
    const bytes = ['cut (reset)', 'cut (end)', 'stall', 'half-open', 'delay', 'refuse'];
    const answers = [410, 429, 500, 503, 504].flatMap((code) => [`answer ${code}`, `answer ${code} text/plain`]);

    expect([...kinds].sort()).toEqual([...frames, ...bytes, ...answers, 'none'].sort());
    const faults = drawn(7, 50).filter((text) => text !== 'none').length;
    expect(faults).toBeGreaterThan(900);
    expect(faults).toBeLessThan(1100);
  });
});
