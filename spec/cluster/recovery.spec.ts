import { afterAll, describe, expect, it } from 'vitest';
import { GoMissing } from '../../scripts/controlplane/binaries.ts';
import { startControlPlane } from '../../scripts/controlplane/control-plane.ts';
import { consumerNames } from '../../scripts/recovery/lane.ts';
import { quiet } from '../../scripts/recovery/path-faults.ts';
import { judge } from '../../scripts/recovery/results.ts';
import { measureRecovery } from '../../scripts/recovery/run-recovery.ts';
import { restarted } from '../../scripts/recovery/server-faults.ts';

const controlPlane = await startControlPlane().catch((error: unknown) => {
  if (error instanceof GoMissing) return undefined;
  throw error;
});

afterAll(() => controlPlane?.stop());

/** Short ones of what `npm run recovery` has: each of three informers beside each of three of client-go. */
const faults = {
  'a quiet resource whose watches are cut every 3 s': quiet({ every: 3000, warmUp: 12_000, over: 6000 }),
  'a restart of the apiserver with compaction': restarted('drop'),
};

describe.skipIf(controlPlane === undefined)('an informer', { timeout: 300_000 }, () => {
  it.each(Object.entries(faults))('is right again as soon as client-go after %s', async (name, fault) => {
    const options = { controlPlane: controlPlane!, consumers: consumerNames, rounds: 3, log: () => undefined };
    const samples = await measureRecovery(fault, options);

    expect(judge({ name, samples }), JSON.stringify(samples)).toEqual([]);
  });
});
