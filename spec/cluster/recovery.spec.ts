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

/** Milliseconds: a host that does not answer is asked every 3.9 s, and what follows takes some on a busy machine. */
const afterRestart = 8000;

describe.skipIf(controlPlane === undefined)('an informer', { timeout: 300_000 }, () => {
  const options = { controlPlane: controlPlane!, consumers: consumerNames, rounds: 3, log: () => undefined };

  it('is right again as soon as client-go after its quiet watches were cut every 3 s, with no more attempts', async () => {
    const samples = await measureRecovery(quiet({ every: 3000, warmUp: 12_000, over: 6000 }), options);

    expect(judge({ name: 'quiet', samples }), JSON.stringify(samples)).toEqual([]);
  });

  // client-go asks once a second here, for longer than most outages: `npm run recovery` says by how much it is faster.
  it('is right again within seconds after a restart of the apiserver with compaction', async () => {
    const samples = (await measureRecovery(restarted('drop'), options)).filter(({ consumer }) => consumer === 'kuberx');

    expect(samples).toHaveLength(3);
    for (const { longest, differences } of samples) {
      expect(differences).toEqual([]);
      expect(longest).toBeLessThan(afterRestart);
    }
  });
});
