import { describe, expect, it } from 'vitest';
import { type Credentials, CredentialsAsker, CredentialsFailure } from '#src/rest/credentials.ts';

/** A source whose questions are answered by the test. */
class TestSource {
  readonly #questions: PromiseWithResolvers<Credentials>[] = [];
  forgotten = 0;

  get asked(): number {
    return this.#questions.length;
  }

  read(): Promise<Credentials> {
    const question = Promise.withResolvers<Credentials>();
    this.#questions.push(question);
    return question.promise;
  }

  forget(): void {
    this.forgotten += 1;
  }

  answer(index: number, token: string): void {
    const endpoint = { server: new URL('https://127.0.0.1'), tls: {} };
    this.#questions[index]!.resolve({ endpoint, headers: { authorization: token } });
  }

  fail(index: number, error: Error): void {
    this.#questions[index]!.reject(error);
  }
}

const tokenOf = ({ headers }: Credentials): string | undefined => headers['authorization'];

describe('CredentialsAsker', () => {
  it('asks once for requests at the same time, and again for the next', async () => {
    const source = new TestSource();
    const asker = new CredentialsAsker(source);
    const asked = [asker.ask('v1/pods'), asker.ask('v1/nodes')];
    source.answer(0, 'one');
    expect((await Promise.all(asked)).map(tokenOf)).toEqual(['one', 'one']);
    const later = asker.ask('v1/pods');
    source.answer(1, 'two');
    expect(tokenOf(await later)).toBe('two');
    expect(source).toMatchObject({ asked: 2, forgotten: 0 });
  });

  it('passes over what is kept once for a refusal, however many requests tell of it', async () => {
    const source = new TestSource();
    const asker = new CredentialsAsker(source);
    const first = asker.ask('v1/pods');
    source.answer(0, 'one');
    const refused = await first;
    const again = [asker.ask('v1/pods', refused), asker.ask('v1/nodes', refused)];
    source.answer(1, 'two');
    expect((await Promise.all(again)).map(tokenOf)).toEqual(['two', 'two']);
    const late = asker.ask('v1/services', refused);
    source.answer(2, 'two');
    expect(tokenOf(await late)).toBe('two');
    expect(source).toMatchObject({ asked: 3, forgotten: 1 });
  });

  it('passes over what is kept also where another request was given the same meanwhile', async () => {
    const source = new TestSource();
    const asker = new CredentialsAsker(source);
    const first = asker.ask('v1/pods');
    source.answer(0, 'one');
    const refused = await first;
    const next = asker.ask('v1/nodes');
    source.answer(1, 'one');
    await next;
    const again = asker.ask('v1/pods', refused);
    source.answer(2, 'two');
    expect(tokenOf(await again)).toBe('two');
    expect(source.forgotten).toBe(1);
    const late = asker.ask('v1/nodes', await next);
    source.answer(3, 'two');
    expect(tokenOf(await late)).toBe('two');
    expect(source.forgotten).toBe(1);
  });

  it('takes no answer to a question that is older than the refusal', async () => {
    const source = new TestSource();
    const asker = new CredentialsAsker(source);
    const first = asker.ask('v1/pods');
    source.answer(0, 'one');
    const refused = await first;
    const meanwhile = asker.ask('v1/nodes');
    const again = asker.ask('v1/pods', refused);
    source.answer(1, 'one');
    expect(tokenOf(await meanwhile)).toBe('one');
    const shared = asker.ask('v1/services');
    source.answer(2, 'two');
    expect((await Promise.all([again, shared])).map(tokenOf)).toEqual(['two', 'two']);
    expect(source.asked).toBe(3);
  });

  it('tells what a source says of a failure, and nothing of any other', async () => {
    const source = new TestSource();
    const asker = new CredentialsAsker(source);
    const told = asker.ask('v1/pods');
    source.fail(0, new CredentialsFailure('the file /t could not be read: ENOENT'));
    await expect(told).rejects.toMatchObject({
      reason: 'Credentials',
      resource: 'v1/pods',
      message: 'v1/pods: the file /t could not be read: ENOENT',
    });
    const other = asker.ask('v1/pods');
    source.fail(1, new Error('hunter2'));
    await expect(other).rejects.not.toHaveProperty('cause');
    await expect(other).rejects.toMatchObject({
      reason: 'Credentials',
      message: 'v1/pods: the credentials could not be read or refreshed',
    });
  });
});
