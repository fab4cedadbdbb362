import { defer, interval, NEVER, type Observable, tap } from 'rxjs';
import { metaNamespaceKey } from 'kuberx';
import { apiServer, type ApiServer } from 'kuberx/testing/apiserver';
import { demoChanges, initialStage, type DemoChange } from './demo-changes.ts';
import { demoPod } from './demo-pod.ts';

/** How big the demo is, and how lively. */
export interface DemoSize {
  /** How many pods there are, give or take one. */
  readonly objects: number;
  /** Changes a second. */
  readonly rate: number;
}

/** The demo's API server, and what keeps changing its pods for as long as it is subscribed. */
export interface DemoServer {
  readonly server: ApiServer;
  readonly activity$: Observable<unknown>;
}

const resource = 'v1/pods';

/** Milliseconds between two turns of the writer; what is due in between is written at once. */
const turn = 50;

/** The oldest pod of the demo, in milliseconds. */
const oldest = 3 * 24 * 60 * 60 * 1000;

/** Starts the embedded API server with the demo's pods. */
export async function demoServer(size: DemoSize): Promise<DemoServer> {
  let now = Date.now;
  const server = await apiServer({ now: () => now() });
  const startedAt = Date.now();
  for (let index = 0; index < size.objects; index++) {
    now = () => startedAt - ((index * 7_368_787) % oldest);
    server.create(resource, demoPod(index, initialStage(index)));
  }
  now = Date.now;
  return { server, activity$: size.rate > 0 ? writer(server, size) : NEVER };
}

function writer(server: ApiServer, { objects, rate }: DemoSize): Observable<unknown> {
  return defer(() => {
    const changes = demoChanges(objects);
    let due = 0;
    let turnedAt = performance.now();
    return interval(turn).pipe(
      tap(() => {
        const elapsed = performance.now() - turnedAt;
        turnedAt += elapsed;
        // What a stalled process owes is not written in one go.
        due += (rate * Math.min(elapsed, 1000)) / 1000;
        for (; due >= 1; due--) write(server, changes.next().value);
      }),
    );
  });
}

function write(server: ApiServer, { verb, pod }: DemoChange): void {
  if (verb === 'delete') server.delete(resource, metaNamespaceKey(pod));
  else server.apply(resource, pod);
}
