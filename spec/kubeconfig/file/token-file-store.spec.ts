import { chmodSync, lstatSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { tokenFileStore } from '#src/kubeconfig/file/token-file-store.ts';
import { directory } from '../../rest/directory.ts';
import { eventually } from '../../eventually.ts';

const inBlocks = `# by hand
users:
  # somebody else
  - name: other
    user: {token: one}
  - name: u # ours
    user:
      auth-provider:
        config:
          client-id: "7"
          id-token: old
          refresh-token: old-too
        name: oidc
`;

const renewed = { 'client-id': '7', 'id-token': 'a.b.c', 'refresh-token': '12:30' };

function store(text: string): { file: string; warnings: string[]; given: ReturnType<typeof tokenFileStore> } {
  const [file, warnings] = [path.join(directory(), 'config'), [] as string[]];
  writeFileSync(file, text);
  return { file, warnings, given: tokenFileStore(file, 'u', (message) => warnings.push(message)) };
}

describe('tokenFileStore', () => {
  it('changes the tokens of its user, and nothing else', async () => {
    const { file, given } = store(inBlocks);
    expect(await given.write(renewed)).toBe(true);
    const expected = inBlocks
      .replace('old-too', '"12:30"')
      .replace('old', 'a.b.c')
      .replace('{token: one}', '{ token: one }');
    expect(readFileSync(file, 'utf8')).toBe(expected);
    expect(await given.read()).toEqual(renewed);
  });

  it('adds a token where there was none', async () => {
    const { given } = store(inBlocks.replace(/ +refresh-token.*\n/, ''));
    expect(await given.write(renewed)).toBe(true);
    expect(await given.read()).toEqual(renewed);
  });

  it('keeps the mode of a file, and the link that leads to it', async () => {
    const { file } = store(inBlocks);
    chmodSync(file, 0o640);
    const link = path.join(directory(), 'link');
    symlinkSync(file, link);
    expect(await tokenFileStore(link, 'u', () => undefined).write(renewed)).toBe(true);
    expect([lstatSync(link).isSymbolicLink(), statSync(file).mode & 0o777]).toEqual([true, 0o640]);
    expect(readFileSync(file, 'utf8')).toContain('a.b.c');
    expect(readdirSync(path.dirname(file))).toEqual(['config']);
  });

  it('waits for another that writes', async () => {
    const { file, given } = store(inBlocks);
    writeFileSync(`${file}.lock`, '');
    const writing = given.write(renewed);
    rmSync(`${file}.lock`);
    expect(await writing).toBe(true);
    await eventually(() => expect(readdirSync(path.dirname(file))).toEqual(['config']));
  });

  it.each([
    ['has another document', `${inBlocks}---\nusers: []\n`],
    ['has its user no more', inBlocks.replace('name: u', 'name: v')],
    ['has its user by an alias', `a: &a {auth-provider: {name: oidc, config: {}}}\nusers: [{name: u, user: *a}]\n`],
    ['is a list', '[]'],
  ])('leaves a file alone that %s, and says so without its content', async (_, text) => {
    const { file, given, warnings } = store(text);
    expect(await given.write(renewed)).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(warnings).toEqual([
      expect.stringMatching(/tokens of the user "u" could not be written to .*They are kept in memory\.$/),
    ]);
    expect(readdirSync(path.dirname(file))).toEqual(['config']);
  });

  it('has nothing to read of a file that is gone or is none', async () => {
    expect(await tokenFileStore(path.join(directory(), 'missing'), 'u', () => undefined).read()).toBeUndefined();
    expect(await store('a: [').given.read()).toBeUndefined();
  });
});
