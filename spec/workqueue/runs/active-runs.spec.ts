import { describe, expect, it } from 'vitest';
import { WorkLines } from '#src/workqueue/lines/work-lines.ts';
import type { Report } from '#src/workqueue/report.ts';
import { ActiveRuns } from '#src/workqueue/runs/active-runs.ts';
import { checkedSettings } from '#src/workqueue/settings.ts';

describe('ActiveRuns', () => {
  it('ends a run in one step: its key, its report, its slot, and then others may start', async () => {
    const settings = checkedSettings();
    const lines = new WorkLines<string>(settings);
    const steps: string[] = [];
    const pending = Promise.withResolvers<undefined>();
    const runs = new ActiveRuns(lines, () => pending.promise, settings, {
      report: ({ type }: Report) => steps.push(`${type}, ${lines.count('running')} running`),
      changed: () => steps.push('changed'),
    });
    lines.wake({ key: 'a' }, 0);
    runs.start(lines.take()!).subscribe({ complete: () => steps.push('slot') });
    expect(runs.list.map(({ entry }) => entry.key)).toEqual(['a']);
    pending.resolve(undefined);
    await pending.promise;
    expect(steps).toEqual(['done, 0 running', 'slot', 'changed']);
    expect(runs.list).toEqual([]);
  });
});
