import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { kubeConfigOf } from '../../cli/kube-config.ts';
import { StartError } from '../../cli/start-error.ts';

const directory = mkdtempSync(join(tmpdir(), 'kuberx-spec-'));
afterAll(() => rmSync(directory, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const kubeconfig = join(directory, 'kubeconfig');
const arguments_ = { kubeconfig };

function write({ server = 'https://127.0.0.1:6443', current = 'a' } = {}): void {
  const context = { cluster: 'c', user: 'u' };
  const config = {
    'current-context': current,
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user: { token: 'a-token' } }],
    contexts: ['a', 'b'].map((name) => ({ name, context })),
  };
  writeFileSync(kubeconfig, JSON.stringify(config));
}

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(StartError);
    return (error as Error).message;
  }
  return 'accepted';
}

describe('kubeConfigOf', () => {
  it('is at the current context, or at the one that is asked for', () => {
    write();
    expect(kubeConfigOf(arguments_).currentContext).toBe('a');
    expect(kubeConfigOf({ ...arguments_, context: 'b' }).currentContext).toBe('b');
  });

  it('refuses in one line that a terminal only prints, whatever the context is called', () => {
    write();
    const context = `x\u009b2J\u202e${'y'.repeat(100_000)}`;
    const message = refusal(() => kubeConfigOf({ ...arguments_, context }));
    expect(message).toMatch(/has no context "x 2J y+…; it has "a", "b"$/);
    expect(message).toMatch(/^[^\p{Cc}\p{Cf}]{1,4000}$/u);
  });

  it('refuses a context that is not there, and says which are', () => {
    write();
    expect(refusal(() => kubeConfigOf({ ...arguments_, context: 'c' }))).toMatch(
      /has no context "c"; it has "a", "b"$/,
    );
    expect(refusal(() => kubeConfigOf({ ...arguments_, context: '\u202ec\u009b' }))).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    write({ current: 'gone' });
    expect(refusal(() => kubeConfigOf(arguments_))).toMatch(/has no context "gone"; it has "a", "b"$/);
  });

  it.each(['not a url', 'ftp://127.0.0.1'])('refuses the server %j', (server) => {
    write({ server });
    expect(refusal(() => kubeConfigOf(arguments_))).toMatch(
      /^the kubeconfig .* will not do: the cluster "c" has a server that is not an http or https URL/,
    );
  });

  it.each(['', ']{ token: a-token', 'clusters: a-token', '{"clusters":[{"name":"c","cluster":{"a":"a-token"}}]}'])(
    'refuses the file %j without quoting it',
    (text) => {
      writeFileSync(kubeconfig, text);
      const message = refusal(() => kubeConfigOf(arguments_));
      expect(message).toMatch(/^the kubeconfig [^\n]+$/);
      expect(message).not.toContain('a-token');
    },
  );

  it('says where it looked where there is none', () => {
    expect(refusal(() => kubeConfigOf({ ...arguments_, kubeconfig: '/nowhere/at/all' }))).toBe(
      'the kubeconfig /nowhere/at/all will not do: there is no kubeconfig: looked for /nowhere/at/all',
    );
    vi.stubEnv('KUBECONFIG', '');
    vi.stubEnv('HOME', directory);
    expect(refusal(() => kubeConfigOf({}))).toMatch(/^no kubeconfig was found: pass --kubeconfig/);
    vi.stubEnv('KUBECONFIG', '/nowhere/at/all');
    expect(refusal(() => kubeConfigOf({}))).toMatch(/^no kubeconfig was found: .*looked for \/nowhere\/at\/all\)$/);
  });

  it('merges the files of KUBECONFIG, and goes on without those that are missing, as kubectl does', () => {
    write();
    const other = join(directory, 'other');
    writeFileSync(other, JSON.stringify({ contexts: [{ name: 'z', context: { cluster: 'c', user: 'u' } }] }));
    vi.stubEnv('KUBECONFIG', ['/nowhere/at/all', other, kubeconfig].join(delimiter));
    expect(kubeConfigOf({ context: 'z' }).credentialsSource.host).toBe('https://127.0.0.1:6443');
  });

  it('tells that no token is sent to a server of plain http, and not which', () => {
    write({ server: '127.0.0.1:8080' });
    const warnings: string[] = [];
    kubeConfigOf(arguments_, (warning) => warnings.push(warning));
    expect(warnings).toEqual([expect.stringMatching(/is plain http: the credentials of the user "u" are not sent/)]);
    expect(warnings.join()).not.toContain('a-token');
  });
});
