import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { protobufBody } from '#src/testing/apiserver/protobuf/protobuf-body.ts';
import { builtInKinds } from '#src/testing/apiserver/types/built-in-schema.ts';
import { moduleSource } from '../../scripts/controlplane/module-source.ts';
import { goSamples } from '../../scripts/resources/go-types.ts';

const kinds = [...builtInKinds()];
const asGo = (kind: string): string =>
  `${kind.slice(0, kind.lastIndexOf('/'))} ${kind.slice(kind.lastIndexOf('/') + 1)}`;

interface Typed {
  readonly apiVersion: string;
  readonly kind: string;
}

describe('a body of protobuf is read as Go reads it', () => {
  it('reads the published example of every kind that is served', async () => {
    const { directory } = await moduleSource('k8s.io/api');
    const folder = join(directory, 'testdata/HEAD');
    let count = 0;
    for (const name of await readdir(folder)) {
      if (!name.endsWith('.pb')) continue;
      const json = JSON.parse(await readFile(join(folder, name.replace(/\.pb$/u, '.json')), 'utf8')) as Typed;
      if (!kinds.includes(`${json.apiVersion}/${json.kind}`)) continue;
      expect(protobufBody(await readFile(join(folder, name)), json), name).toEqual(json);
      count += 1;
    }
    expect(count).toBeGreaterThan(60);
  });

  it('reads what is empty, and what is zero, of every kind', async () => {
    const samples = await goSamples(kinds.map(asGo));
    expect(samples).toHaveLength(2 * kinds.length);
    for (const { kind, protobuf, json } of samples) {
      expect(protobufBody(Buffer.from(protobuf, 'base64'), json as Typed), kind).toEqual(json);
    }
  });
});
