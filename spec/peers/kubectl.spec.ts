import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from './kubectl/commands.ts';
import { runCommands } from './kubectl/run-commands.ts';
import { controlPlaneServer, embeddedServer } from './on-both-servers.ts';

let embedded: readonly string[] = [];
let real: readonly string[] = [];

beforeAll(async () => {
  [embedded, real] = (await Promise.all(
    [embeddedServer, controlPlaneServer].map(async (start) => {
      const server = await start();
      return runCommands(server).finally(() => server.stop());
    }),
  )) as [readonly string[], readonly string[]];
});

const numbered = commands.map((command, index) => ({ ...command, index }));

describe('kubectl says on the embedded server what it says on a control plane', () => {
  it.each(numbered.filter(({ lacks }) => lacks === undefined))('$index: $line', ({ index }) => {
    expect(embedded[index]).toBe(real[index]);
  });
});

afterAll(() => {
  const lacking = numbered.filter(({ lacks }) => lacks !== undefined);
  const mended = lacking.filter(({ index }) => embedded[index] === real[index]);
  console.log(
    `${commands.length - lacking.length + mended.length} of ${commands.length} commands of kubectl say the same`,
  );
  for (const { index, line } of mended) console.log(`says the same now, so it lacks nothing: ${index}: ${line}`);
});
