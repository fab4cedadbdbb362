import { VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type InformerEvent, type InformerStatus, type KubernetesObject, sharedInformer } from 'kuberx';
import { kubeErrorFromStatus } from 'kuberx/http';
import { added, fakeListerWatcher, open, page, status, type FakeAnswer } from 'kuberx/testing';
import { NEVER, of, concat, throwError } from 'rxjs';

interface PodMetrics extends KubernetesObject {
  readonly usage: string;
}

/** An object as metrics.k8s.io sends it: without uid and version. */
const usage = (name: string, cpu: string): PodMetrics => ({
  apiVersion: 'metrics.k8s.io/v1beta1',
  kind: 'PodMetrics',
  metadata: { name, namespace: 'default' },
  usage: cpu,
});

const unwatchable = kubeErrorFromStatus('metrics', status(405, 'MethodNotAllowed'), 405);

function run(answers: readonly FakeAnswer<PodMetrics>[], until: number) {
  const scheduler = new VirtualTimeScheduler(undefined, Infinity);
  const server = fakeListerWatcher<PodMetrics>(answers);
  const informer = sharedInformer(server, { scheduler, random: () => 0, streaming: false });
  const events: InformerEvent<PodMetrics>[] = [];
  const statuses: InformerStatus[] = [];
  informer.status$.subscribe((each) => statuses.push(each));
  const subscription = informer.events$.subscribe((event) => events.push(event));
  scheduler.schedule(() => subscription.unsubscribe(), until);
  scheduler.flush();
  return { informer, events, statuses };
}

const told = (events: readonly InformerEvent<PodMetrics>[]): string[] =>
  events.map(({ type, object }) => `${type} ${object.metadata.name} ${object.usage}`);

describe('an informer of metrics, which have neither versions nor a watch', () => {
  const polls: FakeAnswer<PodMetrics>[] = [
    { list: of(page([usage('a', '1m'), usage('b', '1m'), usage('c', '1m')], '')) },
    { watch: throwError(() => unwatchable) },
    { list: of(page([usage('a', '1m'), usage('b', '2m')], '')) },
    { watch: throwError(() => unwatchable) },
  ];

  it('tells of what differs from list to list, by value', () => {
    const { events, informer } = run(polls, 40_000);
    expect(told(events).slice(3)).toEqual(['deleted c 1m', 'updated b 2m']);
    expect(informer.snapshot$.value.size).toBe(2);
  });

  it('says that it polls, and is not stale between two lists', () => {
    const { statuses } = run(polls, 40_000);
    const last = statuses.filter(({ phase }) => phase !== 'stopped').at(-1);
    expect(last).toMatchObject({ phase: 'waiting', updates: 'polled', synced: true, stale: false, retryAt: 60_000 });
    expect(statuses.some(({ stale, phase }) => stale && phase !== 'stopped')).toBe(false);
  });
});

describe('an informer of objects without versions', () => {
  it('drops what a watch repeats, and takes what is new', () => {
    const repeats$ = of(open, added(usage('a', '1m')), added(usage('b', '2m')), added(usage('b', '3m')));
    const { events, informer } = run(
      [{ list: of(page([usage('a', '1m')], '')) }, { watch: concat(repeats$, NEVER) }],
      10,
    );
    expect(told(events)).toEqual(['added a 1m', 'added b 2m', 'updated b 3m']);
    expect(informer.status$.value).toMatchObject({ updates: 'unversioned', synced: true });
  });
});
