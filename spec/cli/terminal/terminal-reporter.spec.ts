import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Reporter } from '../../../cli/reporter.ts';
import { terminalReporter } from '../../../cli/terminal/terminal-reporter.ts';
import { change, pod, replaced } from '../commits.ts';
import { FakeKeyboard, FakeTerminal, inVirtualTime } from './fake-terminal.ts';

const title = { resource: 'v1/pods', namespace: undefined, place: 'a-context', server: '127.0.0.1:6443' };
const summary = { synced: 2, events: 498, relists: 0, interruptions: 0 };
const entered = '\u001b[?1049h';
const left = '\u001b[?1049l';
const hidden = '\u001b[?25l';
const shown = '\u001b[?25h';
const wrapOff = '\u001b[?7l';
const wrapOn = '\u001b[?7h';

function reporterAt(terminal: FakeTerminal, input?: FakeKeyboard): Reporter {
  return terminalReporter({ terminal: terminal.stream, input: input?.stream, title, pods: true, now: () => 0 });
}

describe('terminalReporter', () => {
  it('draws four frames a second, however many events there are', () => {
    const terminal = new FakeTerminal();
    const reporter = reporterAt(terminal);
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
        expect(frame).toMatch(/~ {2}n +a +0\/0 +Failed/);
      });
      at(400, () => {
        terminal.columns = 60;
        terminal.emit('resize');
        expect(terminal.seen()).toContain('2 objects');
      });
      at(1000, () => {
        drawing.unsubscribe();
        expect(terminal.listenerCount('resize')).toBe(0);
        terminal.raw();
        reporter.end(summary);
        const end = terminal.raw();
        expect(end.startsWith(wrapOn + shown + left)).toBe(true);
        expect(end).toContain('2 objects  1 Failed · 1 Pending');
        expect(end).toMatch(/stopped after 0s: synced 2, events 498, relists 0, interruptions 0\n$/);
        reporter.close();
        expect(terminal.raw()).toBe('');
      });
    });
  });

  it('draws on the second screen, and leaves the first one as it was where access is denied', () => {
    const terminal = new FakeTerminal();
    const reporter = reporterAt(terminal);
    inVirtualTime((at) => {
      const drawing = reporter.frames$.subscribe();
      at(1, () => {
        const start = terminal.raw();
        expect(start.startsWith(entered)).toBe(true);
        expect(start).toContain(hidden + wrapOff);
        drawing.unsubscribe();
        reporter.refused({ type: 'Sync' }, { ...summary, interruptions: 1 });
        expect(terminal.raw()).toBe(wrapOn + shown + left);
      });
    });
  });

  it('gives the terminal back where a run ends otherwise, such as by an error or an exit', () => {
    for (const end of [(reporter: Reporter) => reporter.close(), () => process.emit('exit', 1)]) {
      const terminal = new FakeTerminal();
      const reporter = reporterAt(terminal);
      inVirtualTime((at) => {
        const drawing = reporter.frames$.subscribe();
        at(1, () => {
          terminal.raw();
          end(reporter);
          expect(terminal.raw()).toBe(wrapOn + shown + left);
          reporter.close();
          expect(terminal.raw()).toBe('');
          drawing.unsubscribe();
        });
      });
    }
  });

  it('writes nothing to a terminal that it has not drawn on', () => {
    const terminal = new FakeTerminal();
    reporterAt(terminal).close();
    expect(terminal.writes).toEqual([]);
  });

  it('ends at a q, and hears keys for as long as that matters', () => {
    const keyboard = new FakeKeyboard();
    const quits: unknown[] = [];
    const listening = reporterAt(new FakeTerminal(), keyboard).quit$.subscribe((key) => quits.push(key));
    expect(keyboard.isRaw).toBe(true);
    // An arrow, a letter, a q with Alt.
    keyboard.emit('data', '\u001b[A');
    keyboard.emit('data', 'x\u001bq');
    expect(quits).toEqual([]);
    keyboard.emit('data', 'q');
    expect(quits).toHaveLength(1);
    listening.unsubscribe();
    expect(keyboard.isRaw).toBe(false);
  });

  it('makes signals of the keys that the terminal would have made signals of', () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    onTestFinished(() => kill.mockRestore());
    const keyboard = new FakeKeyboard();
    const terminal = new FakeTerminal();
    const reporter = reporterAt(terminal, keyboard);
    inVirtualTime((at) => {
      const running = reporter.quit$.subscribe();
      running.add(reporter.frames$.subscribe());
      at(1, () => {
        keyboard.emit('data', '\u0003');
        keyboard.emit('data', '\u001c');
        expect(kill.mock.calls).toEqual([
          [process.pid, 'SIGINT'],
          [process.pid, 'SIGQUIT'],
        ]);
        terminal.raw();
        kill.mockImplementationOnce(() => {
          // While it stands still, the terminal is the shell's.
          expect(terminal.raw()).toBe(wrapOn + shown + left);
          expect(keyboard.isRaw).toBe(false);
          return true;
        });
        keyboard.emit('data', '\u001a');
        expect(kill.mock.lastCall).toEqual([0, 'SIGTSTP']);
      });
      at(52, () => {
        expect(keyboard.isRaw).toBe(true);
        const back = terminal.raw();
        expect(back.startsWith(entered)).toBe(true);
        expect(back).toContain('kuberx  v1/pods');
        running.unsubscribe();
        reporter.close();
      });
    });
  });

  it('hears no keys where there is no keyboard', () => {
    const terminal = new FakeTerminal();
    const reporter = reporterAt(terminal);
    inVirtualTime((at) => {
      const drawing = reporter.frames$.subscribe();
      const listening = reporter.quit$.subscribe();
      at(1, () => {
        expect(terminal.seen()).not.toContain('q quits');
        drawing.unsubscribe();
        listening.unsubscribe();
        reporter.close();
      });
    });
  });
});
