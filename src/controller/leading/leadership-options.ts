import type { SchedulerLike } from 'rxjs';
import { checkedRandom } from '../../streams/checks/checked-random.ts';
import type { ElectionTimes } from './election.ts';
import type { Moment } from './moment.ts';

/** The options of `leadership`. Times are in milliseconds. */
export interface LeadershipOptions {
  readonly namespace: string;
  readonly name: string;
  /** Who this candidate is: another one for each process that is started, such as the pod's name with a random part. Two of the same identity both lead. */
  readonly identity: string;
  /** How long others leave a Lease alone after they saw it renewed. Whole seconds. Default 15 s. */
  readonly leaseDuration?: number | undefined;
  /** How long a leader goes on after it has sent its last renewal that succeeded. Shorter than `leaseDuration`. Default 10 s. */
  readonly renewDeadline?: number | undefined;
  /** Between renewals, and between attempts to lead, there with up to 120% more by chance. Shorter than `renewDeadline`. Default 2 s. */
  readonly retryPeriod?: number | undefined;
  /** Default: the scheduler of the platform. */
  readonly scheduler?: SchedulerLike | undefined;
  /** The two clocks. Default: those of the scheduler. For tests of clocks that jump. */
  readonly now?: (() => Moment) | undefined;
  /** Default: that of the platform. */
  readonly random?: (() => number) | undefined;
}

/** The times of an election that are in order, and the chance. */
export interface LeadershipSettings extends ElectionTimes {
  readonly retryPeriod: number;
  /** How long a request for the Lease may take. */
  readonly requestTimeout: number;
  readonly random: () => number;
}

/** By how much an attempt to lead may be late, as a share of the period. Source: client-go `leaderelection.go`, JitterFactor. */
export const jitterFactor = 1.2;

/** Checks the options. Throws a TypeError for a missing name, and a RangeError for times that are out of order. */
export function leadershipSettings(options: LeadershipOptions): LeadershipSettings {
  for (const name of ['namespace', 'name', 'identity'] as const) {
    const given: unknown = options[name];
    if (typeof given !== 'string' || given === '') {
      throw new TypeError(`leadership needs a ${name}: a text that is not empty. Nothing was started.`);
    }
  }
  // Source: client-go `leaderelection.go`, the defaults that its users and controller-runtime take.
  const { leaseDuration = 15_000, renewDeadline = 10_000, retryPeriod = 2000 } = options;
  const isOrdered = retryPeriod > 0 && retryPeriod * jitterFactor < renewDeadline && renewDeadline < leaseDuration;
  if (!isOrdered || leaseDuration % 1000 !== 0 || leaseDuration === Infinity) {
    throw new RangeError(
      `leaseDuration ${leaseDuration}, renewDeadline ${renewDeadline}, retryPeriod ${retryPeriod}: each has to be longer than the ` +
        `next, renewDeadline than ${jitterFactor} times retryPeriod, and leaseDuration whole seconds. Nothing was started.`,
    );
  }
  const requestTimeout = Math.max(1000, renewDeadline / 2);
  return { leaseDuration, renewDeadline, retryPeriod, requestTimeout, random: checkedRandom(options.random) };
}
