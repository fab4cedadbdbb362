import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { builtInByName, builtInByWord, builtInWords } from '#src/protocol/objects/built-in-names.ts';

// `apps/v1/deployments` and its model, from the types that client-node's requests are compared with.
const source = readFileSync(new URL('../../../src/client-node/built-in-resources.ts', import.meta.url), 'utf8');
const models = [...source.matchAll(/readonly '([^']+)': (\w+);/g)].map(([, name = '', model = '']) => ({
  name,
  model,
}));

it('built-in names are those of the typed resources, with kind and scope', async () => {
  const clientNode = (await import('@kubernetes/client-node')) as Readonly<Record<string, unknown>>;
  const methods = Object.values(clientNode)
    .filter((value) => typeof value === 'function' && value.name.endsWith('Api'))
    .flatMap((api) => Object.getOwnPropertyNames((api as { prototype: object }).prototype));
  const namespacedKinds = new Set(
    methods.flatMap((method) => /^listNamespaced(\w+)$/.exec(method)?.[1] ?? []).map((kind) => kind.toLowerCase()),
  );
  expect(models.length).toBeGreaterThan(80);
  for (const { name, model } of models) {
    const kind = model
      .replace(/^(CoreV1|EventsV1|ResourceV1)/, '')
      .replace(/^V\d+((alpha|beta)\d+)?/, '')
      .toLowerCase();
    expect(builtInByName(name)).toEqual({ name, namespaced: namespacedKinds.has(kind) });
    const [plural = '', version = '', group = ''] = name.split('/').reverse();
    expect(builtInByWord(kind, group, version)?.name).toBe(name);
    expect(builtInByWord(plural, group, version)?.name).toBe(name);
  }
});

it('every word for a built-in resource means one', () => {
  const words = builtInWords();
  expect([...words.values()].filter(({ name }) => !models.some((model) => model.name === name))).toEqual([]);
  // Two words for one resource in two groups are the only ones that are not alone.
  expect(words.get('events')?.name).toBe('v1/events');
  expect(words.size).toBeGreaterThan(150);
});
