import { firstValueFrom } from 'rxjs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { KubeError } from 'kuberx';
import { CredentialsAsker } from '#src/rest/config/credentials-asker.ts';
import { CredentialsFailure } from '#src/rest/config/credentials-failure.ts';
import type { Credentials, CredentialsQuestion } from '#src/rest/config/credentials.ts';

/** A source whose questions are answered by the test. */
class TestSource {
  readonly #questions: (PromiseWithResolvers<Credentials> & CredentialsQuestion)[] = [];
  forgotten = 0;
  readsFrom = '';

  get asked(): number {
    return this.#questions.length;
  }

  read({ signal, waitsFor }: CredentialsQuestion): Promise<Credentials> {
    const question = { ...Promise.withResolvers<Credentials>(), signal, waitsFor };
    waitsFor.add('the test');
    this.#questions.push(question);
    return question.promise;
  }

  forget(): void {
    this.forgotten += 1;
  }

  /** Which questions nobody waits for any more. */
  get givenUp(): boolean[] {
    return this.#questions.map(({ signal }) => signal.aborted);
  }

  answer(index: number, token: string): void {
    const endpoint = { server: new URL('https://127.0.0.1'), tls: {} };
    this.#questions[index]!.resolve({ endpoint, headers: { authorization: token } });
  }

  fail(index: number, error: Error): void {
    this.#questions[index]!.reject(error);
  }
}

const ask = (asker: CredentialsAsker, resource: string, refused?: Credentials): Promise<Credentials> =>
  firstValueFrom(asker.ask(resource, 60_000, refused));

const tokenOf = ({ headers }: Credentials): string | undefined => headers['authorization']?.toString();

describe('CredentialsAsker', () => {
  it('asks once for requests at the same time, and again for the next', async () => {
    const source = new TestSource();
    const asker = new CredentialsAsker(source);
    const asked = [ask(asker, 'v1/pods'), ask(asker, 'v1/nodes')];
    source.answer(0, 'one');
    expect((await Promise.all(asked)).map(tokenOf)).toEqual(['one', 'one']);
    const later = ask(asker, 'v1/pods');
    source.answer(1, 'two');
    expect(tokenOf(await later)).toBe('two');
    expect(source).toMatchObject({ asked: 2, forgotten: 0 });
  });

  it('passes over what is kept once for a refusal, however many requests tell of it', async () => {
    const source = new TestSource();
    const asker = new CredentialsAsker(source);
    const first = ask(asker, 'v1/pods');
    source.answer(0, 'one');
    const refused = await first;
    const again = [ask(asker, 'v1/pods', refused), ask(asker, 'v1/nodes', refused)];
    source.answer(1, 'two');
    expect((await Promise.all(again)).map(tokenOf)).toEqual(['two', 'two']);
    const late = ask(asker, 'v1/services', refused);
    source.answer(2, 'two');
    expect(tokenOf(await late)).toBe('two');
    expect(source).toMatchObject({ asked: 3, forgotten: 1 });
  });

  it('passes over what is kept also where another request was given the same meanwhile', async () => {
    const source = new TestSource();
    const asker = new CredentialsAsker(source);
    const first = ask(asker, 'v1/pods');
    source.answer(0, 'one');
    const refused = await first;
    const next = ask(asker, 'v1/nodes');
    source.answer(1, 'one');
    await next;
    const again = ask(asker, 'v1/pods', refused);
    source.answer(2, 'two');
    expect(tokenOf(await again)).toBe('two');
    expect(source.forgotten).toBe(1);
    const late = ask(asker, 'v1/nodes', await next);
    source.answer(3, 'two');
    expect(tokenOf(await late)).toBe('two');
    expect(source.forgotten).toBe(1);
  });

  it('takes no answer to a question that is older than the refusal', async () => {
    const source = new TestSource();
    const asker = new CredentialsAsker(source);
    const first = ask(asker, 'v1/pods');
    source.answer(0, 'one');
    const refused = await first;
    const meanwhile = ask(asker, 'v1/nodes');
    const again = ask(asker, 'v1/pods', refused);
    source.answer(1, 'one');
    expect(tokenOf(await meanwhile)).toBe('one');
    const shared = ask(asker, 'v1/services');
    source.answer(2, 'two');
    expect((await Promise.all([again, shared])).map(tokenOf)).toEqual(['two', 'two']);
    expect(source.asked).toBe(3);
  });

  it('takes no answer to a question of what the source no longer reads from', async () => {
    const source = new TestSource();
    const asker = new CredentialsAsker(source);
    source.readsFrom = 'one';
    const before = ask(asker, 'v1/pods');
    source.readsFrom = 'another';
    const after = [ask(asker, 'v1/pods'), ask(asker, 'v1/nodes')];
    source.answer(0, 'one');
    source.answer(1, 'two');
    expect(tokenOf(await before)).toBe('one');
    expect((await Promise.all(after)).map(tokenOf)).toEqual(['two', 'two']);
    expect(source.asked).toBe(2);
  });

  it('tells what a source says of a failure, and nothing of any other', async () => {
    const source = new TestSource();
    const asker = new CredentialsAsker(source);
    const told = ask(asker, 'v1/pods');
    source.fail(0, new CredentialsFailure('the file /t could not be read: ENOENT'));
    await expect(told).rejects.toMatchObject({
      reason: 'Credentials',
      resource: 'v1/pods',
      message: 'v1/pods: the file /t could not be read: ENOENT',
    });
    const other = ask(asker, 'v1/pods');
    source.fail(1, new Error('hunter2'));
    await expect(other).rejects.not.toHaveProperty('cause');
    await expect(other).rejects.toMatchObject({
      reason: 'Credentials',
      message: 'v1/pods: the credentials could not be read or refreshed',
    });
  });

  describe('where a source does not answer', () => {
    function asking(asker: CredentialsAsker, resource: string, limit: number) {
      const outcome: { token?: string | undefined; error?: KubeError } = {};
      const subscription = asker.ask(resource, limit).subscribe({
        next: (credentials) => (outcome.token = tokenOf(credentials)),
        error: (error: unknown) => (outcome.error = error as KubeError),
      });
      return { outcome, unsubscribe: () => subscription.unsubscribe() };
    }

    function scene() {
      vi.useFakeTimers();
      onTestFinished(() => void vi.useRealTimers());
      const source = new TestSource();
      return { source, asker: new CredentialsAsker(source) };
    }

    it('fails each request at its own deadline, and says what was waited for', async () => {
      const { source, asker } = scene();
      const early = asking(asker, 'v1/pods', 30_000);
      const late = asking(asker, 'v1/nodes', 60_000);
      await vi.advanceTimersByTimeAsync(29_999);
      expect(early.outcome).toEqual({});
      await vi.advanceTimersByTimeAsync(1);
      expect(early.outcome.error).toMatchObject({
        reason: 'Credentials',
        resource: 'v1/pods',
        message: 'v1/pods: waited 30 s for the test in vain; the next request asks again',
      });
      expect(source.givenUp).toEqual([false]);
      await vi.advanceTimersByTimeAsync(30_000);
      expect(late.outcome.error).toMatchObject({ resource: 'v1/nodes' });
      expect(source.givenUp).toEqual([true]);
      expect(vi.getTimerCount()).toBe(0);
    });

    it('asks anew for the next request, and takes nothing from an answer that comes late', async () => {
      const { source, asker } = scene();
      const first = asking(asker, 'v1/pods', 30_000);
      await vi.advanceTimersByTimeAsync(30_000);
      const second = asking(asker, 'v1/pods', 30_000);
      expect(source.asked).toBe(2);
      source.answer(0, 'late');
      await vi.advanceTimersByTimeAsync(0);
      expect([first.outcome.token, second.outcome.token]).toEqual([undefined, undefined]);
      source.answer(1, 'timely');
      await vi.advanceTimersByTimeAsync(0);
      expect(second.outcome).toEqual({ token: 'timely' });
      expect(vi.getTimerCount()).toBe(0);
    });

    it('leaves no timer and no question after the last unsubscription, and swallows its failure', async () => {
      const { source, asker } = scene();
      const requests = [asking(asker, 'v1/pods', 30_000), asking(asker, 'v1/nodes', 30_000)];
      requests[0]!.unsubscribe();
      expect(source.givenUp).toEqual([false]);
      requests[1]!.unsubscribe();
      expect(source.givenUp).toEqual([true]);
      expect(vi.getTimerCount()).toBe(0);
      source.fail(0, new Error('killed'));
      await vi.advanceTimersByTimeAsync(60_000);
      expect(requests.map(({ outcome }) => outcome)).toEqual([{}, {}]);
    });
  });
});
