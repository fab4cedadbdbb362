import type { IncomingMessage } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
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

it('breaks off a body that does not come, and one that goes on for ever', async () => {
  const silent = new PassThrough();
  silent.write('a');
  const late = firstValueFrom(bodyText(silent as unknown as IncomingMessage, 20)('v1/pods'));
  await expect(late).rejects.toThrow('did not come in time');
  expect(silent.destroyed).toBe(true);
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(1024 * 1024);
    })(),
  );
  await expect(firstValueFrom(bodyText(endless as unknown as IncomingMessage)('v1/pods'))).rejects.toThrow();
  expect(endless.destroyed).toBe(true);
});
