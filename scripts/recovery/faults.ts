import type { RecoveryFault } from './fault.ts';
import { dropped, quiet, refused, resets } from './path-faults.ts';
import { redefined, restarted, restored, throttled } from './server-faults.ts';
import { laggingServer, stalledServer } from './two-servers.ts';

/** Every fault by the name that the command takes, in the order of the table. */
export const faults: Readonly<Record<string, RecoveryFault>> = {
  restart: restarted('drop'),
  'restart-refused': restarted('refuse'),
  'refused-40': refused(40_000),
  'refused-100': refused(100_000),
  'dropped-40': dropped(40_000),
  'dropped-100': dropped(100_000),
  crowd: dropped(60_000, 60),
  'quiet-3': quiet({ every: 3000, warmUp: 60_000, over: 12_000 }),
  'quiet-50': quiet({ every: 50_000, warmUp: 250_000, over: 25_000 }),
  resets: resets(15),
  redefined: redefined(20_000),
  throttled: throttled(30_000),
  stalled: stalledServer('open', 90_000),
  mute: stalledServer('new', 60_000),
  lagging: laggingServer(40_000),
  restored: restored(),
};
