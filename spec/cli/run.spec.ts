import { NEVER, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { parseArguments, type Arguments } from '../../cli/arguments/arguments.ts';
import { run } from '../../cli/run.ts';
import { eventually } from '../eventually.ts';
import { FakeKeyboard, FakeTerminal } from './terminal/fake-terminal.ts';

const demo = parseArguments(['--objects', '3', '--rate', '0']) as Arguments;
const escape = '\u001b';
const entered = '\u001b[?1049h';
const left = '\u001b[?1049l';

describe('run', () => {
  it.each(['dumb', ''])('prints plain lines to a terminal of the kind "%s"', async (TERM) => {
    const terminal = new FakeTerminal();
    const keyboard = new FakeKeyboard();
    const stop$ = new Subject<void>();
    const running = run(demo, { stdin: keyboard.stream, stdout: terminal.stream, env: { TERM }, stop$ });
    await eventually(() => expect(terminal.writes.join('')).toContain('synced 3 objects'));
    expect(keyboard.isRaw).toBe(false);
    stop$.next();
    await running;
    const text = terminal.raw();
    expect(text).not.toContain(escape);
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^synced 3 objects of v1\/pods at version \d+$/),
      'stopped: synced 3, events 0, relists 0, interruptions 0',
      '',
    ]);
  });

  it('draws on any other terminal until a q, and leaves its last frame there', async () => {
    const terminal = new FakeTerminal();
    const keyboard = new FakeKeyboard();
    const options = { stdin: keyboard.stream, stdout: terminal.stream, env: { TERM: 'xterm' }, stop$: NEVER };
    const running = run(demo, options);
    await eventually(() => expect(terminal.writes.join('')).toContain('3 objects'));
    expect(terminal.raw()).toContain(entered);
    expect(keyboard.isRaw).toBe(true);
    keyboard.emit('data', 'q');
    await running;
    expect(keyboard.isRaw).toBe(false);
    const [, last = ''] = terminal.raw().split(left);
    expect(last).toMatch(/v1\/pods[^]*3 objects[^]*NAME[^]*stopped after \d+s: synced 3, events 0/);
  });

  it('gives the terminal back before an error is told', async () => {
    const terminal = new FakeTerminal();
    const keyboard = new FakeKeyboard();
    const stop$ = new Subject<void>();
    const running = run(demo, { stdin: keyboard.stream, stdout: terminal.stream, env: { TERM: 'xterm' }, stop$ });
    await eventually(() => expect(terminal.writes.join('')).toContain('3 objects'));
    stop$.error(new Error('out of order'));
    await expect(running).rejects.toThrow('out of order');
    expect(terminal.raw().endsWith(left)).toBe(true);
    expect(keyboard.isRaw).toBe(false);
  });
});
