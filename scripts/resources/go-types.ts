import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const moduleDir = fileURLToPath(new URL('../../controlplane/', import.meta.url));

/** A field of a struct of Go that is written as JSON and as protobuf. */
export interface GoField {
  readonly name: string;
  readonly number: number;
  /** A scalar of Go, `bytes`, or the name of a struct as OpenAPI has it. */
  readonly type: string;
  readonly list?: boolean;
  readonly map?: boolean;
  readonly pointer?: boolean;
  readonly omitEmpty?: boolean;
  readonly omitZero?: boolean;
  readonly inline?: boolean;
  readonly strategy?: string;
  readonly mergeKey?: string;
}

/** What `controlplane/types` prints. */
export interface GoTypes {
  /** The names of types by `apps/v1 Deployment`. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, readonly GoField[]>>;
}

/** An object of a built-in kind as Go writes it. */
export interface GoSample {
  readonly kind: string;
  /** Base64. */
  readonly protobuf: string;
  readonly json: unknown;
}

async function asked(kinds: readonly string[], ...words: readonly string[]): Promise<string> {
  const args = ['run', '-mod=readonly', '-trimpath', '-buildvcs=false', './types', ...words];
  const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
  const go = spawn('go', args, { cwd: moduleDir, env, stdio: ['pipe', 'pipe', 'inherit'] });
  go.stdin.end(kinds.join('\n'));
  const [printed, [code]] = await Promise.all([text(go.stdout), once(go, 'close') as Promise<[number | null]>]);
  if (code !== 0) throw new Error(`go ${args.join(' ')} ended with ${code}`);
  return printed;
}

/** Asks Go how these kinds, `apps/v1 Deployment`, are written (needs Go). */
export async function goTypes(kinds: readonly string[]): Promise<GoTypes> {
  return JSON.parse(await asked(kinds)) as GoTypes;
}

/** Asks Go for objects of these kinds that are empty, or hold all that is zero (needs Go). */
export async function goSamples(kinds: readonly string[]): Promise<readonly GoSample[]> {
  const lines = (await asked(kinds, 'samples')).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as GoSample);
}
