import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { firstValueFrom } from 'rxjs';
import { expect, it } from 'vitest';
import { bodyText } from '#src/testing/apiserver/wire/body-text.ts';

const read = (...chunks: Buffer[]) =>
  firstValueFrom(bodyText(Readable.from(chunks) as unknown as IncomingMessage)('v1/pods'));

it('joins the parts of a body, also within a character', async () => {
  const bytes = Buffer.from('añb');
  expect(await read(bytes.subarray(0, 2), bytes.subarray(2))).toBe('añb');
});

it('refuses more than 3 MiB', async () => {
  const mebibyte = Buffer.alloc(1024 * 1024, 'x');
  expect(await read(mebibyte, mebibyte, mebibyte)).toHaveLength(3 * 1024 * 1024);
  await expect(read(mebibyte, mebibyte, mebibyte, Buffer.from('x'))).rejects.toMatchObject({
    reason: 'RequestEntityTooLarge',
  });
});
