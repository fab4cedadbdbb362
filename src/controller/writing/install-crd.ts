import { asyncScheduler, catchError, defer, mergeMap, type Observable, of, throwError, timer } from 'rxjs';
import { type Awaitable, awaitable } from '../../protocol/awaitable.ts';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import { printable } from '../../protocol/errors/printable.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import type { ApplyPatch } from '../../protocol/patch.ts';
import type { ResourceClient } from '../../protocol/resource-client.ts';
import { monotonicClock } from '../../streams/time/monotonic-clock.ts';
import { checkedPeriod } from '../../streams/time/period.ts';
import { type WriterOptions, writerOf } from './writer-of.ts';

/** Options of {@link installCrd}. */
export interface InstallCrdOptions extends Pick<WriterOptions, 'fieldManager' | 'signal' | 'scheduler'> {
  /** Takes fields over from others who applied the definition before. Default true: the definition is the program's own. */
  readonly force?: boolean | undefined;
  /** How long to wait until it is established, in milliseconds. Default: a minute. */
  readonly timeout?: number | undefined;
}

/**
 * A definition that was applied and is not served.
 *
 * - `NamesNotAccepted`: another definition has its names; the message has the server's words. Waiting does not help.
 * - `NotEstablished`: it was not established in time.
 */
export class CrdError extends Error {
  readonly reason: 'NamesNotAccepted' | 'NotEstablished';
  /** The name of the definition: `widgets.example.com`. */
  readonly crd: string;

  constructor(reason: CrdError['reason'], crd: string, message: string) {
    super(printable(`customresourcedefinitions ${crd}: ${message}`));
    this.name = 'CrdError';
    this.reason = reason;
    this.crd = printable(crd);
  }
}

/** The first wait between two looks, in milliseconds; each is twice as long, up to `longestLook`. */
const firstLook = 50;
const longestLook = 1000;

/**
 * Applies a CustomResourceDefinition and waits until it is established, which is the answer. Cold: sent by `subscribe` or
 * `await`. A definition that is there already is brought up to date; one that is being deleted is waited for, and applied anew.
 *
 * Established means that one server serves it. Another behind the same address may answer 404 for some seconds, which an informer
 * waits out. Fails with a {@link CrdError}, and with the KubeError of the server.
 *
 * ```ts
 * const definitions = resourceClient(kubeConfig, 'apiextensions.k8s.io/v1/customresourcedefinitions');
 * await installCrd(definitions, widgetDefinition, { fieldManager: 'widget-operator' });
 * ```
 */
export function installCrd<T extends KubernetesObject>(
  client: ResourceClient<T>,
  definition: ApplyPatch<KubernetesObject> & { readonly metadata: { readonly name: string } },
  { force = true, timeout = 60_000, scheduler = asyncScheduler, ...options }: InstallCrdOptions = {},
): Awaitable<T> {
  checkedPeriod('timeout', timeout);
  const writer = writerOf(client, { ...options, scheduler });
  const { name } = definition.metadata;
  const clock = monotonicClock(scheduler);

  function applied(until: number, look: number): Observable<T> {
    return writer
      .apply(definition as unknown as ApplyPatch<T>, { force })
      .pipe(mergeMap((crd) => established(crd, until, look)));
  }

  function established(crd: T, until: number, look: number): Observable<T> {
    const conditions = conditionsOf(crd);
    const refused = conditions.find((each) => each.type === 'NamesAccepted' && each.status === 'False');
    if (refused !== undefined)
      return failed(
        'NamesNotAccepted',
        name,
        `its names are not accepted: ${refused.message ?? 'no reason was given'}`,
      );
    const isServed = conditions.some((each) => each.type === 'Established' && each.status === 'True');
    if (isServed && !crd.metadata.deletionTimestamp) return of(crd);
    if (clock.now() >= until)
      return failed('NotEstablished', name, `it was not established within ${timeout} ms; the server may still do so`);
    return timer(look, scheduler).pipe(mergeMap(() => again(until, Math.min(2 * look, longestLook))));
  }

  function again(until: number, look: number): Observable<T> {
    return writer.get({ name }).pipe(
      mergeMap((crd) => established(crd, until, look)),
      catchError((error: unknown) => {
        const isGone = error instanceof KubeError && error.reason === 'NotFound';
        return isGone ? applied(until, look) : throwError(() => error as Error);
      }),
    );
  }

  return awaitable(defer(() => applied(clock.now() + timeout, firstLook)));
}

interface CrdCondition {
  readonly type?: string;
  readonly status?: string;
  readonly message?: string;
}

function conditionsOf(crd: KubernetesObject): readonly CrdCondition[] {
  const { status } = crd as { readonly status?: { readonly conditions?: readonly CrdCondition[] | null } | null };
  return status?.conditions ?? [];
}

function failed(reason: CrdError['reason'], name: string, message: string): Observable<never> {
  return throwError(() => new CrdError(reason, name, message));
}
