import { describe, expect, it } from 'vitest';
import { type ControllerStatus, explainedBySources } from '#src/controller/controller-status.ts';
import { explained } from '#src/workqueue/explanation.ts';

const ready = explained({ key: 'default/a', state: 'ready', lasts: 5, failures: 0, reasons: [], isPending: false });
const status = (rest: Partial<ControllerStatus>): ControllerStatus =>
  ({ isConnected: true, hasSynced: false, sources: [], loopDelay: 0, ...rest }) as ControllerStatus;

describe('explainedBySources', () => {
  it('names the sources that have not synced, and why', () => {
    const sources = [
      { name: 'v1/pods', state: 'flowing', attempt: 0, isRequired: true },
      { name: 'v1/nodes', state: 'waiting', attempt: 0, isRequired: true },
      { name: 'example.com/v1/routes', state: 'waiting', attempt: 7, isRequired: false },
      {
        name: 'example.com/v1/apps',
        state: 'waiting',
        attempt: 3,
        isRequired: true,
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

  it('tells of an event loop that was blocked for a second, and by which run', () => {
    const blocked = { hasSynced: true, loopDelay: 12_345, blockedBy: 'default/b' };
    expect(explainedBySources(ready, status(blocked)).text).toMatch(
      /; the event loop was blocked for 12 s by the run of default\/b in the last minute$/,
    );
    expect(explainedBySources(ready, status({ ...blocked, blockedBy: undefined })).text).toMatch(/for 12 s in the/);
    expect(explainedBySources(ready, status({ ...blocked, loopDelay: 999 }))).toBe(ready);
  });
});
