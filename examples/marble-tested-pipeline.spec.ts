import type { Observable } from 'rxjs';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { KubeError, type KubernetesObject, minutes, sharedInformer } from 'kuberx';
import {
  added,
  buildObject,
  deleted,
  errorFrame,
  fakeListerWatcher,
  type FakeListerWatcher,
  initialEventsEnd,
  marbleOptions,
  modified,
  open,
  page,
} from 'kuberx/testing';
import { type Alert, alertWhenUnreadyFor } from './marble-tested-pipeline.ts';

const pod = (name: string, version: string, ready: 'True' | 'False', phase = 'Running'): KubernetesObject =>
  buildObject(`default/${name}`, version, { status: { phase, conditions: [{ type: 'Ready', status: ready }] } });

/** The frames of the server, by letter. */
const frames = {
  o: open, // the watch is accepted
  u: added(pod('web', '1', 'False')),
  m: initialEventsEnd('2'), // that was the whole state
  l: page([pod('web', '1', 'False')], '2'),
  R: modified(pod('web', '3', 'True')),
  U: modified(pod('web', '4', 'False')),
  d: deleted(pod('web', '5', 'False')),
  c: modified(pod('web', '6', 'False', 'Succeeded')),
  v: added(buildObject('default/web', '7', { metadata: { uid: 'another' } })),
  w: added(pod('api', '8', 'False')),
  x: errorFrame(410, 'Expired'), // what it was asked to go on from is gone
};

/** The output of the pipeline, by letter. */
const values = {
  f: { pod: 'default/web', isFiring: true },
  r: { pod: 'default/web', isFiring: false },
  g: { pod: 'default/api', isFiring: true },
} satisfies Record<string, Alert>;

const refused = new KubeError({ reason: 'ConnectionRefused', resource: 'v1/pods', message: 'nothing listens there' });

/** Time is virtual here: all timers run in it, of RxJS, of the informer and of the pipeline. */
function marbles(spec: (helpers: RunHelpers) => void): void {
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(spec);
}

/** The pipeline on an informer without chance, whose watches last longer than any spec: the marbles are all there is. */
function alertsFrom(server: FakeListerWatcher<KubernetesObject>): Observable<Alert> {
  const pods = sharedInformer(server, marbleOptions); // no chance, and watches that last
  return pods.events$.pipe(alertWhenUnreadyFor(minutes(5)));
}

describe('alertWhenUnreadyFor', () => {
  it('fires once a pod has been unready for five minutes, and resolves when it is ready', () => {
    marbles(({ cold, expectObservable }) => {
      const watch = '   oum 6m R';
      const alerts = '  -- 5m f 1m r';
      const held = '    ^ 30m !';

      const server = fakeListerWatcher([{ watch }], { cold, values: frames });
      expectObservable(alertsFrom(server), held).toBe(alerts, values);
    });
  });

  it.each([
    ['has completed', 'c'],
    ['is gone', 'd'],
  ])('resolves when the pod %s', (_, frame) => {
    marbles(({ cold, expectObservable }) => {
      const watch = `  oum 6m ${frame}`;
      const alerts = '  -- 5m f 1m r';
      const held = '    ^ 30m !';

      const server = fakeListerWatcher([{ watch }], { cold, values: frames });
      expectObservable(alertsFrom(server), held).toBe(alerts, values);
    });
  });

  it('counts from the last time that the pod was ready', () => {
    marbles(({ cold, expectObservable }) => {
      const watch = '   oum 4m R 4m U';
      const alerts = '  --- 4m - 4m 5m f';
      const held = '    ^ 30m !';

      const server = fakeListerWatcher([{ watch }], { cold, values: frames });
      expectObservable(alertsFrom(server), held).toBe(alerts, values);
    });
  });

  it('times each pod by itself', () => {
    marbles(({ cold, expectObservable }) => {
      const watch = '   oum 1m w 1m R';
      const alerts = '  --- 1m 5m g';
      const held = '    ^ 30m !';

      const server = fakeListerWatcher([{ watch }], { cold, values: frames });
      expectObservable(alertsFrom(server), held).toBe(alerts, values);
    });
  });

  it('goes on counting through a relist that brings nothing new', () => {
    marbles(({ cold, expectObservable, flush }) => {
      const watch = '   oum 2m x'; // the backoff begins with 800 ms
      const relist = '                oum';
      const alerts = '  -- 5m f';
      const held = '    ^ 30m !';

      const server = fakeListerWatcher([{ watch }, { watch: relist }], { cold, values: frames });
      expectObservable(alertsFrom(server), held).toBe(alerts, values);
      flush();
      expect(server.requests).toHaveLength(2);
    });
  });

  it('counts anew for a pod that took the name while nobody watched', () => {
    marbles(({ cold, expectObservable }) => {
      const watch = '   oum 2m x'; // the backoff begins with 800 ms
      const relist = '                ovm';
      const alerts = '  --- 2m 800ms -- 5m f';
      const held = '    ^ 30m !';

      const server = fakeListerWatcher([{ watch }, { watch: relist }], { cold, values: frames });
      expectObservable(alertsFrom(server), held).toBe(alerts, values);
    });
  });

  it('goes on counting while the server is away', () => {
    marbles(({ cold, expectObservable, flush }) => {
      const watch = '   oum 2m #'; // and again at once, after 1 s and after 1.25 s
      const verified = '(l|)'; // is the version from before still known?
      const resumed = ' o';
      const alerts = '  -- 5m f';
      const held = '    ^ 30m !';

      const script = [
        { watch, error: refused },
        { error: refused },
        { error: refused },
        { list: verified },
        { watch: resumed },
      ];
      const server = fakeListerWatcher(script, { cold, values: frames });
      expectObservable(alertsFrom(server), held).toBe(alerts, values);
      flush();
      expect(server.requests.map(({ at }) => at)).toEqual([0, 120_003, 121_003, 122_253, 122_253]);
    });
  });

  it('ends with its subscriber, and leaves nothing open', () => {
    marbles(({ cold, expectObservable, flush }) => {
      const watch = '   oum';
      const alerts = '  -';
      const held = '    ^ 4m !';

      const server = fakeListerWatcher([{ watch }], { cold, values: frames });
      expectObservable(alertsFrom(server), held).toBe(alerts, values);
      flush();
      expect(server.openRequests).toBe(0);
    });
  });
});
