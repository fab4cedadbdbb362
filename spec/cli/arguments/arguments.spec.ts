import { describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { parseArguments } from '../../../cli/arguments/arguments.ts';
import { StartError } from '../../../cli/start-error.ts';

function refusal(...argv: string[]): string {
  try {
    parseArguments(argv);
  } catch (error) {
    expect(error).toBeInstanceOf(StartError);
    return (error as Error).message;
  }
  return 'accepted';
}

describe('parseArguments', () => {
  it('runs a demo of 1000 pods without arguments', () => {
    expect(parseArguments([])).toEqual({ source: { demo: { objects: 1000, rate: 20 } }, json: false });
  });

  it('sizes the demo, and selects in it', () => {
    const argv = ['--objects', '0', '--rate', '0.5', '--seconds', '2.5', '--json', '-l', 'a in (b,c)', '-n', 'search'];
    expect(parseArguments(argv)).toEqual({
      source: { demo: { objects: 0, rate: 0.5, labelSelector: 'a in (b,c)', namespace: 'search' } },
      seconds: 2.5,
      json: true,
    });
  });

  it('takes a resource, a kubeconfig or a context for a cluster, in the namespace of the context', () => {
    const cluster = { resource: { name: 'v1/pods', namespaced: true }, namespaces: 'context' };
    for (const argv of [['v1/pods'], ['pods'], ['po'], ['Pod']])
      expect(parseArguments(argv)).toEqual({ source: { cluster }, json: false });
    expect(parseArguments(['--context', 'c'])).toEqual({
      source: { cluster: { ...cluster, context: 'c' } },
      json: false,
    });
    const argv = ['deploy', '--kubeconfig', 'path', '--field-selector', 'metadata.name!=a', '--selector', '!b'];
    expect(parseArguments(argv)).toEqual({
      source: {
        cluster: {
          resource: { name: 'apps/v1/deployments', namespaced: true },
          namespaces: 'context',
          kubeconfig: 'path',
          fieldSelector: 'metadata.name!=a',
          labelSelector: '!b',
        },
      },
      json: false,
    });
  });

  it('takes one namespace or all of them; all win, as with kubectl', () => {
    const namespaces = (...argv: string[]): unknown =>
      (parseArguments(['pods', ...argv]) as { source: { cluster: { namespaces: unknown } } }).source.cluster.namespaces;
    expect(namespaces('-n', 'search')).toEqual({ namespace: 'search' });
    expect(namespaces('-A')).toBe('all');
    expect(namespaces('--all-namespaces')).toBe('all');
    expect(namespaces('-n', 'search', '-A')).toBe('all');
    expect(parseArguments(['-A', '-n', 'search'])).toEqual(parseArguments([]));
  });

  it('gives the version of the package', () => {
    expect(parseArguments(['--version'])).toEqual({ text: `kuberx ${packageJson.version}\n` });
  });

  it('takes an empty selector for none', () => {
    expect(parseArguments(['-l', '', '--field-selector', ''])).toEqual(parseArguments([]));
  });

  it('gives the help with all options', () => {
    const { text: help } = parseArguments(['--json', '--help']) as { text: string };
    for (const option of ['--kubeconfig', '--context', '--namespace', '--selector', '--field-selector', '--objects'])
      expect(help).toContain(option);
    for (const option of ['--rate', '--seconds', '--json', '--all-namespaces', '--version', 'Exit codes'])
      expect(help).toContain(option);
  });

  it.each([
    ['--objects', ['-1', '1.5', 'many', '', '1e3', '0x10', '1000001', '99999999999999999999']],
    ['--rate', ['-1', 'fast', '', 'NaN', 'Infinity', '10001']],
    ['--seconds', ['0', '-2', '', 'soon', '2147484', 'Infinity']],
    ['--namespace', ['', 'A', 'a/b', '-a', 'a'.repeat(64)]],
    ['--selector', ['a=(', 'a in', '=b']],
    ['--field-selector', ['metadata.name', 'a=b=c']],
    ['--kubeconfig', ['']],
    ['--context', [' ']],
  ])('refuses %s when it is none of %j', (option, values) => {
    for (const value of values) {
      const message = refusal(option, value);
      expect(message).toContain(option);
      expect(message).toMatch(/^[^\n]+\. See --help\.$/);
    }
  });

  it('refuses in one line what it does not know', () => {
    expect(refusal('--josn')).toBe("unknown option '--josn' (Did you mean --json?). See --help.");
    expect(refusal('v1/pods', 'v1/nodes')).toMatch(/^too many arguments[^\n]+$/);
    expect(refusal('--seconds')).toMatch(/argument missing\. See --help\.$/);
  });

  it('says what a resource looked like', () => {
    expect(refusal('apps/deployments')).toMatch(/^"apps\/deployments" names no resource: it looks like group[^\n]+$/);
    expect(refusal('v1/pods\u001b[31m\n')).toMatch(/^[\x20-\x7e]+$/);
  });

  it('refuses to size a cluster', () => {
    expect(refusal('v1/pods', '--objects', '5')).toMatch(/^--objects sizes the demo/);
    expect(refusal('--kubeconfig', 'path', '--rate', '5')).toMatch(/^--rate sizes the demo/);
  });
});
