import { describe, expect, it } from 'vitest';
import { ProgramError } from '#src/testing/apiserver/program/program-error.ts';
import { programOptions, usage } from '#src/testing/apiserver/program/program-options.ts';

describe('programOptions', () => {
  it('has defaults for all', () => {
    expect(programOptions([])).toEqual({
      port: undefined,
      release: undefined,
      tls: false,
      token: undefined,
      crds: [],
      loads: [],
      kubeconfig: undefined,
      state: undefined,
      latency: undefined,
      failures: 0,
      cutEvery: 0,
      seed: undefined,
      log: false,
      commands: false,
    });
  });

  it('reads every option', () => {
    const line =
      '--port 8080 --tls --token t --crd a --crd=b --load c --kubeconfig k --state s --release 1.33 --latency 5.5 --failures 0.1 --cut-every 3 --seed 7 --log --commands';
    expect(programOptions(line.split(' '))).toEqual({
      port: 8080,
      release: '1.33',
      tls: true,
      token: 't',
      crds: ['a', 'b'],
      loads: ['c'],
      kubeconfig: 'k',
      state: 's',
      latency: 5.5,
      failures: 0.1,
      cutEvery: 3,
      seed: 7,
      log: true,
      commands: true,
    });
  });

  it('asks for help where it is asked for, and the help names each option', () => {
    expect(programOptions(['--help'])).toBe('help');
    expect(programOptions(['-h', '--port', '1'])).toBe('help');
    const named = Array.from(usage.matchAll(/^ {2}--([a-z-]+)/gm), ([, name]) => name);
    const dashed = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const options = Object.keys(programOptions([])).map((name) => dashed(name).replace(/^(crd|load)s$/, '$1'));
    expect(new Set(named)).toEqual(new Set([...options, 'help']));
  });

  it.each([
    ['--port 70000', 'invalid --port "70000": expected a whole number from 0 to 65535'],
    ['--port 1.5', 'invalid --port "1.5": expected a whole number from 0 to 65535'],
    ['--port=', 'invalid --port "": expected a whole number from 0 to 65535'],
    ['--failures 2', 'invalid --failures "2": expected a number from 0 to 1'],
    ['--latency=-1', 'invalid --latency "-1": expected a number from 0 to 600000'],
    ['--cut-every NaN', 'invalid --cut-every "NaN": expected a number from 0 to 86400'],
    ['--seed x', 'invalid --seed "x": expected a whole number from 0 to 9007199254740991'],
    ['--release 1.20', '--release: invalid release "1.20": expected 1.33 or 1.36'],
    ['--token=', '--token is empty'],
    ['--frobnicate', "Unknown option '--frobnicate'; --help lists the options"],
    ['--port', "Option '--port <value>' argument missing; --help lists the options"],
    ['start', "Unexpected argument 'start'; --help lists the options"],
  ])('refuses %s', (line, message) => {
    const read = (): unknown => programOptions(line.split(' '));
    expect(read).toThrow(ProgramError);
    expect(read).toThrow(message);
  });
});
