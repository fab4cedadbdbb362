import cliProgress from 'cli-progress';

/** How far a list is. */
export interface ListProgress {
  readonly received: number;
  /** How many there will be; `undefined` if the server has not said it. */
  readonly total: number | undefined;
}

/**
 * A bar of `size` columns with its figures: `██████░░░░ 60% 600 of 1,000`. Without a total a block wanders, by `now`, so
 * that one sees that it is not known.
 */
export function progressBar({ received, total }: ListProgress, size: number, now: number): string {
  if (total === undefined || total <= 0)
    return `${wanderingBlock(size, now)} ${received.toLocaleString('en')} received`;
  // What is expected is a guess after changes: the list may bring more.
  const progress = Math.min(1, received / total);
  return cliProgress.Format.Formatter(
    {
      format: `{bar} {percentage}% {value} of {total}`,
      barsize: size,
      barCompleteString: '█'.repeat(size),
      barIncompleteString: '░'.repeat(size),
      formatValue: (value, _options, kind) => (kind === 'percentage' ? String(value) : value.toLocaleString('en')),
      barGlue: '',
      formatTime: () => '',
    },
    { progress, value: received, total, eta: 0, startTime: now, stopTime: now, maxWidth: 0 },
    {},
  );
}

function wanderingBlock(size: number, now: number): string {
  const block = Math.min(size, 6);
  const position = Math.floor(now / 100) % (size - block + 1);
  return '░'.repeat(position) + '█'.repeat(block) + '░'.repeat(size - block - position);
}
