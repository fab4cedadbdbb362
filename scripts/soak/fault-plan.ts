import type { Fault } from './fault.ts';
import { oneOf, wholeNumber } from './seeded-random.ts';

/**
 * The occasion of a fault: a connection whose bytes the proxy cannot read, a watch request, any other request, or the
 * rest of a watch that has had a fault already.
 */
export type FaultOccasion = 'connection' | 'watch' | 'request' | 'stream';

type Draw = (random: () => number, reach: number) => Fault;

const cut: Draw = (random, reach) => ({
  kind: 'cut',
  how: oneOf(random, ['reset', 'end']),
  afterBytes: at(random, reach),
});
const stall: Draw = (random, reach) => ({ kind: 'stall', afterBytes: at(random, reach) });
const halfOpen: Draw = (random, reach) => ({ kind: 'half-open', afterBytes: at(random, reach) });
const delay: Draw = (random, reach) => ({
  kind: 'delay',
  afterBytes: at(random, reach),
  milliseconds: wholeNumber(random, 20, 800),
});
const refuse: Draw = (random) => ({ kind: 'refuse', milliseconds: wholeNumber(random, 50, 1200) });
const answer: Draw = (random) => {
  const code = oneOf(random, [410, 429, 500, 503, 504] as const);
  const fault = { kind: 'answer', code, plain: random() < 0.3 } as const;
  return code === 429 && random() < 0.3 ? { ...fault, retryAfter: 1 } : fault;
};
const frame =
  (kind: 'truncate' | 'duplicate' | 'garble'): Draw =>
  (random) => ({ kind, afterFrames: wholeNumber(random, 0, 12) });
const errorFrame: Draw = (random) => ({
  kind: 'error frame',
  code: oneOf(random, [410, 410, 500] as const),
  afterFrames: wholeNumber(random, 0, 12),
});

/** Bytes until a fault: as often near the beginning as far from it, head and first byte included. */
function at(random: () => number, reach: number): number {
  return Math.floor((reach + 1) ** random()) - 1;
}

/** Each draw has the probability of its number of entries here. */
const draws: Readonly<Record<FaultOccasion, readonly Draw[]>> = {
  connection: [cut, cut, cut, cut, stall, halfOpen, delay, delay, delay, refuse],
  watch: [
    ...[cut, cut, cut, stall, halfOpen, delay, delay],
    ...[answer, answer, answer, errorFrame, errorFrame, errorFrame],
    ...[frame('truncate'), frame('truncate'), frame('duplicate'), frame('duplicate'), frame('duplicate')],
    ...[frame('garble'), frame('garble')],
  ],
  request: [cut, cut, cut, stall, halfOpen, delay, answer, answer, answer, answer],
  stream: [
    cut,
    stall,
    halfOpen,
    delay,
    errorFrame,
    frame('truncate'),
    frame('duplicate'),
    frame('duplicate'),
    frame('garble'),
  ],
};

/** How a {@link faultPlan} draws. */
export interface FaultPlanOptions {
  readonly random: () => number;
  /** The number of faults in a hundred occasions. Default 85. */
  readonly share?: number;
  /** The most bytes before a fault. Default 20,000. */
  readonly reach?: number;
  /** The number of requests in a thousand that find the listener closed. Default 4. */
  readonly refusals?: number;
}

/**
 * The faults of a proxy one after the other. Chance decides all of it, so the same seed gives the same sequence; which
 * connection or request gets which of them is up to the order in which they come.
 */
export function faultPlan(options: FaultPlanOptions): (occasion: FaultOccasion) => Fault | undefined {
  const { random, share = 85, reach = 20_000, refusals = 4 } = options;
  return (occasion) => {
    if (random() * 100 >= share) return undefined;
    if (occasion !== 'stream' && random() * 1000 < refusals) return refuse(random, reach);
    return oneOf(random, draws[occasion])(random, reach);
  };
}
