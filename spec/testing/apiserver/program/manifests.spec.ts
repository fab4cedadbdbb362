import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { manifestsOf } from '#src/testing/apiserver/program/manifests.ts';
import { ProgramError } from '#src/testing/apiserver/program/program-error.ts';

const directory = mkdtempSync(join(tmpdir(), 'kuberx-manifests-'));
afterAll(() => rmSync(directory, { recursive: true }));

const written = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};
const named = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;
const names = (path: string): unknown[] =>
  manifestsOf(path).map(({ object }) => (object['metadata'] as { readonly name: string }).name);

describe('manifestsOf', () => {
  it('reads the documents of a file, without the empty ones', () => {
    expect(names(written('two.yaml', `# first\n---\n${named('a')}---\n${named('b')}---\n# nothing\n`))).toEqual([
      'a',
      'b',
    ]);
    expect(names(written('none.yaml', '# nothing\n'))).toEqual([]);
    expect(names(written('empty.yaml', ''))).toEqual([]);
  });

  it('reads JSON, and lists as what is in them', () => {
    const items = ['a', 'b'].map((name) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name } }));
    expect(names(written('list.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items })))).toEqual(['a', 'b']);
  });

  it('reads the YAML and JSON files of a directory and those below it by name, and no others', () => {
    mkdirSync(join(directory, 'tree/sub'), { recursive: true });
    written('tree/b.yml', named('b'));
    written('tree/a.yaml', named('a'));
    written('tree/sub/c.YAML', named('c'));
    written('tree/notes.txt', 'no manifest');
    expect(names(join(directory, 'tree'))).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['broken.yaml', 'a: [', /broken\.yaml is not YAML/],
    ['text.yaml', 'just a text', /text\.yaml is not a manifest/],
    ['kindless.yaml', `${named('a')}---\napiVersion: v1\n`, /kindless\.yaml, document 2 is not a manifest/],
    ['null-item.yaml', 'apiVersion: v1\nkind: List\nitems: [null]', /null-item\.yaml is not a manifest/],
  ])('refuses %s', (name, text, message) => {
    const path = written(name, text);
    expect(() => manifestsOf(path)).toThrow(ProgramError);
    expect(() => manifestsOf(path)).toThrow(message);
  });

  it('refuses what is not there, with its path', () => {
    expect(() => manifestsOf(join(directory, 'nowhere'))).toThrow(/nowhere cannot be read: ENOENT/);
  });
});
