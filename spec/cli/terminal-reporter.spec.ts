import { EventEmitter } from 'node:events';
import type { WriteStream } from 'node:tty';
import { stripVTControlCharacters } from 'node:util';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { terminalReporter } from '#src/cli/terminal-reporter.ts';
import { change, pod, replaced } from './commits.ts';

class FakeTerminal extends EventEmitter {
  isTTY = true;
  columns = 80;
  rows = 24;
  writes: string[] = [];

  write(text: string): boolean {
    this.writes.push(text);
    return true;
  }

  /** What was written since the last call, without escape codes. */
  seen(): string {
    return stripVTControlCharacters(this.writes.splice(0).join(''));
  }
}

function inVirtualTime(play: (at: (time: number, action: () => void) => void) => void): void {
  new TestScheduler(() => undefined).run(({ cold }) => {
    play((time, action) => cold(`${time}ms (x|)`).subscribe(action));
  });
}

describe('terminalReporter', () => {
  it('should draw four frames a second, however many events there are', () => {
    const terminal = new FakeTerminal();
    const now = (): number => 0;
    const reporter = terminalReporter({
      terminal: terminal as unknown as WriteStream,
      title: 'v1/pods',
      nodes: true,
      now,
    });
    inVirtualTime((at) => {
      const drawing = reporter.frames$.subscribe();
      at(1, () => {
        expect(terminal.seen()).toContain('kuberx  v1/pods');
        reporter.next(replaced([pod('n/a', '1', 'Running'), pod('n/b', '1', 'Pending')]));
        for (let version = 2; version < 500; version++)
          reporter.next(change('Updated', pod('n/a', String(version), 'Failed')));
      });
      at(249, () => expect(terminal.writes).toEqual([]));
      at(251, () => {
        expect(terminal.writes).toHaveLength(1);
        const frame = terminal.seen();
        expect(frame).toContain('2 objects  1 Failed · 1 Pending');
        expect(frame).toContain('498 updated');
        expect(frame).toMatch(/~ {2}n +a +Failed/);
      });
      at(400, () => {
        terminal.columns = 60;
        terminal.emit('resize');
        expect(terminal.seen()).toContain('2 objects');
      });
      at(1000, () => {
        drawing.unsubscribe();
        reporter.end({ synced: 2, events: 498, relists: 0, interruptions: 0 });
        expect(terminal.seen()).toContain('stopped after 0s: synced 2, events 498, relists 0, interruptions 0\n');
        expect(terminal.listenerCount('resize')).toBe(0);
      });
    });
  });

  it('should leave the terminal empty where access is denied', () => {
    const terminal = new FakeTerminal();
    const reporter = terminalReporter({ terminal: terminal as unknown as WriteStream, title: 'v1/pods', nodes: true });
    inVirtualTime((at) => {
      const drawing = reporter.frames$.subscribe();
      at(1, () => {
        drawing.unsubscribe();
        terminal.seen();
        reporter.refused({ type: 'Sync' }, { synced: 0, events: 0, relists: 0, interruptions: 1 });
        expect(terminal.seen()).toBe('');
        expect(terminal.writes).toEqual([]);
      });
    });
  });
});
