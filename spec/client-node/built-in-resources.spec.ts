import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as clientNode from '@kubernetes/client-node';
import { expect, it } from 'vitest';

// In client-node's generated APIs: the path of a list request, and the model of its answer.
const request = /async (list\w+)\([^)]*\) \{[\s\S]*?const localVarPath = '([^']+)'/g;
const answer = /async (list\w+)WithHttpInfo\(response\)[\s\S]*?ObjectSerializer\.deserialize\([\s\S]*?, "(\w+)"/g;
const collection = /^\/api(?:s\/([\w.]+))?\/(v\w+)\/(?:namespaces\/\{namespace\}\/)?(\w+)$/;

function itemModel(listModel: string | undefined): string | undefined {
  // Where the model is missing, the version is no longer in the API that client-node was made from.
  const model = Object.entries(clientNode).find(([name]) => name === listModel)?.[1] as
    { getAttributeTypeMap: () => { name: string; type: string }[] } | undefined;
  const items = model?.getAttributeTypeMap().find(({ name }) => name === 'items');
  return /^Array<(\w+)>$/.exec(items?.type ?? '')?.[1];
}

function derived(): Map<string, string> {
  const apis = path.join(path.dirname(fileURLToPath(import.meta.resolve('@kubernetes/client-node'))), 'gen', 'apis');
  const models = new Map<string, string>();
  for (const file of readdirSync(apis).filter((name) => name.endsWith('Api.js'))) {
    const source = readFileSync(path.join(apis, file), 'utf8');
    const answers = new Map([...source.matchAll(answer)].map(([, method, model]) => [method, model]));
    for (const [, method, url = ''] of source.matchAll(request)) {
      const [, group, version, plural] = collection.exec(url) ?? [];
      const model = itemModel(answers.get(method));
      if (model !== undefined && plural !== undefined && plural !== 'componentstatuses') {
        models.set([group, version, plural].filter(Boolean).join('/'), model);
      }
    }
  }
  return models;
}

it('the table of built-in resources is that of client-node’s requests', () => {
  const source = readFileSync(new URL('../../src/client-node/built-in-resources.ts', import.meta.url), 'utf8');
  const table = new Map(
    [...source.matchAll(/readonly '([^']+)': (\w+);/g)].map(([, name = '', model = '']) => [name, model]),
  );
  expect(table.size).toBeGreaterThan(80);
  expect(table.get('v1/pods')).toBe('V1Pod');
  expect(Object.fromEntries(table)).toEqual(Object.fromEntries(derived()));
});
