import { parseArgs } from 'node:util';
import { checkedRelease, type Release, releases } from '../discovery/release.ts';
import { ProgramError } from './program-error.ts';

/** What the program was asked for. */
export interface ProgramOptions {
  readonly port: number | undefined;
  readonly release: Release | undefined;
  readonly tls: boolean;
  readonly token: string | undefined;
  /** Files and directories of definitions, which are stored first. */
  readonly crds: readonly string[];
  /** Files and directories of other manifests. */
  readonly loads: readonly string[];
  readonly kubeconfig: string | undefined;
  /** A file with the state: read at the start where it is there, written at the end. */
  readonly state: string | undefined;
  /** Milliseconds before each answer. */
  readonly latency: number | undefined;
  /** The share of requests that fail, 0 to 1. */
  readonly failures: number;
  /** Seconds after which all watches are ended, again and again; 0: never. */
  readonly cutEvery: number;
  readonly seed: number | undefined;
  readonly log: boolean;
  readonly commands: boolean;
}

/** What `--help` prints. */
export const usage: string = `kuberx-apiserver: a Kubernetes API server for tests, in one process, without a cluster.

It prints the path of a kubeconfig on standard output, and serves on loopback until it is ended. The state is in memory.

Usage: kuberx-apiserver [options]

  --port N            the port (default: a free one)
  --tls               HTTPS with a certificate of its own, and HTTP/2 (default: plain HTTP)
  --token TEXT        the bearer token that every request has to carry (default: none)
  --kubeconfig PATH   where to write the kubeconfig; a file that is there is kept (default: a new temporary file)
  --crd PATH          CustomResourceDefinitions: a YAML or JSON file, or a directory of them; may be repeated
  --load PATH         manifests of any kind, likewise
  --release R         behave as Kubernetes ${releases.join(' or ')} (default: ${releases.at(-1) ?? ''})
  --state FILE        go on from the state in this file, if it is there, and write it at the end
  --latency MS        milliseconds before each answer
  --failures SHARE    the share of requests that fail with 500, 503, 429 or a broken connection, 0 to 1
  --cut-every S       break off all watches every S seconds
  --seed N            the chance of --failures, uids and names (default: a new one each time)
  --log               write each request to standard error
  --commands          take commands on standard input, a line of JSON each, and end with it
  --help              print this
`;

/**
 * Reads the arguments of the program; `help` for `--help`.
 *
 * @throws ProgramError that says which argument is wrong, and how.
 */
export function programOptions(args: readonly string[]): ProgramOptions | 'help' {
  const values = parsed(args);
  if (values.help === true) return 'help';
  return {
    port: number('port', values.port, { from: 0, to: 65_535, whole: true }),
    release: values.release === undefined ? undefined : releaseOf(values.release),
    tls: values.tls === true,
    token: nonEmpty('token', values.token),
    crds: (values.crd ?? []).map((path) => nonEmpty('crd', path)),
    loads: (values.load ?? []).map((path) => nonEmpty('load', path)),
    kubeconfig: nonEmpty('kubeconfig', values.kubeconfig),
    state: nonEmpty('state', values.state),
    latency: number('latency', values.latency, { from: 0, to: 600_000 }),
    failures: number('failures', values.failures, { from: 0, to: 1 }) ?? 0,
    cutEvery: number('cut-every', values['cut-every'], { from: 0, to: 86_400 }) ?? 0,
    seed: number('seed', values.seed, { from: 0, to: Number.MAX_SAFE_INTEGER, whole: true }),
    log: values.log === true,
    commands: values.commands === true,
  };
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const texts = { type: 'string', multiple: true } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: text,
        release: text,
        tls: flag,
        token: text,
        crd: texts,
        load: texts,
        kubeconfig: text,
        state: text,
        latency: text,
        failures: text,
        'cut-every': text,
        seed: text,
        log: flag,
        commands: flag,
        help: { ...flag, short: 'h' },
      },
    }).values;
  } catch (error) {
    // The first sentence names the argument; the others tell of `--`, which means nothing here.
    throw new ProgramError(`${String((error as Error).message.split('. ')[0])}; --help lists the options`);
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly whole?: boolean;
}

function number(name: string, text: string | undefined, { from, to, whole = false }: Range): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? NaN : Number(text);
  if (value >= from && value <= to && (!whole || Number.isInteger(value))) return value;
  const expected = `${whole ? 'a whole number' : 'a number'} from ${from} to ${to}`;
  throw new ProgramError(`invalid --${name} ${JSON.stringify(text)}: expected ${expected}`);
}

function nonEmpty<V extends string | undefined>(name: string, value: V): V {
  if (value === '') throw new ProgramError(`--${name} is empty`);
  return value;
}

function releaseOf(text: string): Release {
  try {
    return checkedRelease(text);
  } catch (error) {
    throw new ProgramError(`--release: ${(error as Error).message}`);
  }
}
