import { concat, from, NEVER, type ObservableInput } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject, ListPage } from 'kuberx';
import { decodeListPage } from '#src/transport/decode-list-page.ts';
import type { ObjectRule } from '#src/transport/object-rule.ts';
import type { JsonParser } from '#src/transport/sibling-parser.ts';
import { firstOf } from './responses.ts';

const rule: ObjectRule = { resource: 'v1/configmaps', apiVersion: 'v1' };
const mebi = 1024 * 1024;

const decoded = (texts: ObservableInput<string>, parse?: JsonParser): Promise<ListPage<KubernetesObject>> =>
  firstOf(from(texts).pipe(decodeListPage<KubernetesObject>(rule, parse)));

describe('decodeListPage', () => {
  it('takes a list that is longer than any text', async () => {
    const item = { metadata: { name: 'a', resourceVersion: '1' }, data: { text: 'x'.repeat(mebi) } };
    const head = '{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[';
    const text = JSON.stringify(item);
    const texts = [head, ...Array<string>(515).fill(`${text},`), text, ']}'];
    const { data: _, ...short } = item;
    const page = await decoded(texts, () => short);
    expect(page).toMatchObject({ resourceVersion: '7', items: { length: 516 } });
    expect(page.items[514]).toMatchObject(short);
  });

  it('says TooLarge where such a list cannot be cut into items', async () => {
    const texts$ = concat(Array<string>(9).fill('x'.repeat(64 * mebi)), NEVER);
    await expect(decoded(texts$)).rejects.toMatchObject({
      reason: 'TooLarge',
      message:
        'v1/configmaps: the list cannot be cut into items, and is longer than a text can be: ask for smaller pages',
    });
  });
});
