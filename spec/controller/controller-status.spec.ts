import { describe, expect, it } from 'vitest';
import { type ControllerStatus, explainedBySources } from '#src/controller/controller-status.ts';
import { explained } from '#src/workqueue/explanation.ts';

const ready = explained({ key: 'default/a', state: 'ready', lasts: 5, failures: 0, reasons: [], isPending: false });
const status = (rest: Partial<ControllerStatus>): ControllerStatus =>
  ({ isConnected: true, hasSynced: false, sources: [], ...rest }) as ControllerStatus;

describe('explainedBySources', () => {
  it('names the sources that have not synced, and why', () => {
    const sources = [
      { name: 'v1/pods', state: 'flowing', attempt: 0 },
      { name: 'v1/nodes', state: 'waiting', attempt: 0 },
      {
        name: 'example.com/v1/apps',
        state: 'waiting',
        attempt: 3,
        failure: { name: 'E', message: 'no', reason: 'NotFound' },
      },
    ] as const;
    expect(explainedBySources(ready, status({ sources }))).toMatchObject({
      state: 'held',
      text: 'default/a does not run before v1/nodes, example.com/v1/apps (NotFound) have synced',
      waitsFor: ['v1/nodes', 'example.com/v1/apps (NotFound)'],
    });
  });

  it('leaves an explanation as it is once all have synced, or where the key runs', () => {
    expect(explainedBySources(ready, status({ hasSynced: true }))).toBe(ready);
    const running = { ...ready, state: 'running' } as const;
    expect(explainedBySources(running, status({}))).toBe(running);
  });

  it('says that nobody holds the controller', () => {
    expect(explainedBySources(ready, status({ isConnected: false })).text).toMatch(/the controller is not connected$/);
  });
});
