import { catchError, NEVER, type Observable, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { guarded, type KubernetesObject, LeadershipError, type Moment, seconds } from 'kuberx';
import { buildObject, type FakeClientAnswer, type FakeClientRequest, fakeResourceClient } from 'kuberx/testing';
import { candidates, leases } from './candidates.ts';

const pod = buildObject('default/a', '1');
const reference = { namespace: 'default', name: 'a' };

/** Answers all with the pod. */
function answerAll({ verb }: FakeClientRequest): FakeClientAnswer<KubernetesObject> {
  return { [verb]: of(pod) } as unknown as FakeClientAnswer<KubernetesObject>;
}

describe('guarded', () => {
  it('writes while it leads, and refuses a write otherwise before it is sent', async () => {
    const { time, candidate } = candidates();
    const leader$ = candidate('a');
    const fake = fakeResourceClient(answerAll, { scheduler: time.scheduler });
    const client = guarded(fake, leader$);
    expect(await client.get(reference)).toBe(pod);
    for (const write$ of [
      () => client.create(pod),
      () => client.update(pod),
      () => client.patch(reference, { type: 'merge', body: {} }),
      () => client.delete(reference),
      () => client.subresource('status').update(pod),
    ]) {
      await expect(write$()).rejects.toThrow(/does not lead\. The write was not sent/);
    }
    expect(fake.requests.map(({ verb }) => verb)).toEqual(['get']);
    const subscription = leader$.subscribe();
    time.advance(0);
    expect(await client.create(pod)).toBe(pod);
    expect(await client.subresource('status').update(pod)).toBe(pod);
    subscription.unsubscribe();
  });

  it('aborts a write whose term ends before its answer', () => {
    const { time, candidate, server } = candidates();
    const leader$ = candidate('a');
    const subscription = leader$.subscribe();
    time.advance(0);
    const fake = fakeResourceClient([{ create: NEVER as Observable<KubernetesObject> }], {
      scheduler: time.scheduler,
    });
    const errors: unknown[] = [];
    guarded(fake, leader$)
      .create(pod)
      .subscribe({ error: (error: unknown) => errors.push(error) });
    server.failNext({ code: 503, times: 100, resource: leases });
    time.advance(seconds(9.9));
    expect([errors.length, fake.openRequests]).toEqual([0, 1]);
    time.advance(seconds(0.2));
    expect(errors).toMatchObject([{ name: 'LeadershipError', reason: 'NotLeading' }]);
    expect(errors[0]).toBeInstanceOf(LeadershipError);
    expect(fake.openRequests).toBe(0);
    subscription.unsubscribe();
  });

  it('refuses once a clock has jumped, before anybody has noticed', () => {
    const { time, candidate } = candidates();
    let jump = 0;
    const leader$ = candidate('a', { now: (): Moment => ({ wall: time.now + jump, monotonic: time.now }) });
    const subscription = leader$.subscribe();
    time.advance(0);
    jump = seconds(11);
    let refusal: unknown;
    guarded(fakeResourceClient([]), leader$)
      .create(pod)
      .pipe(catchError((error: unknown) => of(void (refusal = error))))
      .subscribe();
    expect(refusal).toMatchObject({ reason: 'NotLeading' });
    subscription.unsubscribe();
  });
});
