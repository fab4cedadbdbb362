/**
 * `npm run test:runtimes`: the packed package, installed outside of the tree, in Node, Bun and Deno, in jest, and in programs
 * that TypeScript compiles to CommonJS. The tools are packages, pinned by `scripts/runtimes/tools`. The last line counts what
 * ran. What is absent did not run, is named, and counts as failed.
 */
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { type Front, front } from './runtimes/front.ts';
import { run } from './runtimes/run.ts';
import { conclude, type Outcome } from './testing/outcome.ts';

const root = new URL('..', import.meta.url).pathname;
const own = join(root, 'scripts/runtimes');
const outcomes: Outcome[] = [];

/** A check that passes where `command` ends with 0, has printed `wanted`, and nothing else where `isWhole`. */
async function check(
  name: string,
  command: readonly string[],
  cwd: string,
  wanted: string,
  { env, isWhole = false }: { readonly env?: Readonly<Record<string, string>>; readonly isWhole?: boolean } = {},
): Promise<void> {
  const started = performance.now();
  const { code, said } = await run(command, { cwd, ...(env !== undefined && { env }) });
  const passed = code === 0 && (isWhole ? said === wanted : said.includes(wanted));
  const took = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  console.log(
    passed ? `${name}: passed, ${took}` : `${said}\nFAILED: ${name} ended with ${String(code)} after ${took}`,
  );
  outcomes.push(passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
}

function absent(what: string, said: string): void {
  console.log(`${said}\nFAILED: ${what} is absent, and did not run`);
  outcomes.push({ passed: 0, failed: 1 });
}

/** What `program.mts` prints. */
const transcript = `synced: 1
told: added a, added b, updated b, deleted b
handled: Error: a handler, Error: a handler; thrown: a subscriber, a subscriber, a subscriber, a subscriber
an object that is not there: NotFound
unsubscribed
`;

async function inRuntimes(directory: string): Promise<void> {
  const bin = (name: string): string => join(directory, 'node_modules/.bin', name);
  const runtimes: Readonly<Record<string, readonly string[]>> = {
    node: [process.execPath],
    bun: [bin('bun')],
    deno: [bin('deno'), 'run', '--allow-all', '--quiet'],
  };
  const ways = [
    ['HTTP/2', '127.0.0.1'],
    ['HTTP/2', 'localhost'],
    ['HTTP/1.1', '127.0.0.1'],
  ] as const;
  const fronts: Front[] = await Promise.all(ways.map(([protocol, host]) => front(protocol, host)));
  const reached = (each: Front) => ({ SERVER: each.url, CA: each.ca, CONTROL: each.control });
  for (const [name, command] of Object.entries(runtimes)) {
    const version = await run([command[0]!, '--version'], { cwd: directory });
    if (version.code !== 0) {
      absent(name, version.said);
      continue;
    }
    console.log(`\n${name} ${version.said.trim().split('\n')[0]!}`);
    const program = [...command, 'program.mts'];
    const whole = { isWhole: true };
    await check(`${name}: on a server of its own`, program, directory, transcript, whole);
    await check(`${name}: by its fetch`, [...program, 'fetch'], directory, transcript, whole);
    for (const [index, [protocol, host]] of ways.entries()) {
      const options = { ...whole, env: reached(fronts[index]!) };
      await check(`${name}: over TLS, ${protocol} to ${host}`, program, directory, transcript, options);
    }
  }
  await Promise.all(fronts.map((each) => each.stop()));
}

async function inJest(directory: string): Promise<void> {
  const jest = [join(directory, 'node_modules/jest/bin/jest.js'), '--rootDir=.'];
  const [syncs, passes] = ['syncs.test.js', 'Tests:       1 passed'];
  const flagged = join(directory, 'jest');
  await cp(join(own, 'jest'), flagged, { recursive: true });
  await writeFile(join(flagged, 'package.json'), '{ "private": true }');
  const node = [process.execPath, '--experimental-vm-modules', '--no-warnings'];
  await check('jest: tests that require, with --experimental-vm-modules', [...node, ...jest], flagged, passes);

  const esm = join(directory, 'jest-esm');
  await mkdir(esm);
  const text = await readFile(join(flagged, syncs), 'utf8');
  await writeFile(join(esm, syncs), text.replaceAll(/const (.*) = require\((.*)\);/g, 'import $1 from $2;'));
  await writeFile(join(esm, 'package.json'), '{ "private": true, "type": "module", "jest": { "transform": {} } }');
  await check('jest: tests that import, with --experimental-vm-modules', [...node, ...jest], esm, passes);

  const transformed = join(directory, 'jest-transformed');
  await cp(join(own, 'jest-transformed'), transformed, { recursive: true });
  const config = {
    transformIgnorePatterns: ['/node_modules/(?!kuberx/)'],
    transform: { '\\.js$': ['babel-jest', { plugins: ['@babel/plugin-transform-modules-commonjs'] }] },
  };
  await writeFile(join(transformed, 'package.json'), JSON.stringify({ private: true, jest: config }));
  await check('jest: without a flag, kuberx transformed', [process.execPath, ...jest], transformed, passes);
}

async function inTypeScript(directory: string): Promise<void> {
  const ways = [
    ['commonjs', 'node10', '--ignoreDeprecations', '6.0'],
    ['commonjs', 'bundler', '--skipLibCheck'],
    ['nodenext', 'nodenext', '--skipLibCheck'],
  ] as const;
  const tsc = [process.execPath, join(directory, 'node_modules/typescript/bin/tsc'), '--strict', '--target', 'es2022'];
  for (const [module, resolution, ...others] of ways) {
    const name = `TypeScript: module ${module}, moduleResolution ${resolution}`;
    const out = join(directory, `${module}-${resolution}`);
    const options = ['--types', 'node', '--module', module, '--moduleResolution', resolution, ...others];
    await check(`${name}, compiled`, [...tsc, ...options, '--outDir', out, 'commonjs.ts'], directory, '', {
      isWhole: true,
    });
    await check(`${name}, run`, [process.execPath, join(out, 'commonjs.js')], directory, 'synced: 1; 7\n', {
      isWhole: true,
    });
  }
}

const directory = await mkdtemp(join(tmpdir(), 'kuberx-runtimes-'));
try {
  console.log('packing the package');
  for (const command of [
    ['npm', 'run', '--silent', 'build'],
    ['npm', 'pack', '--silent', '--pack-destination', directory],
  ]) {
    const { code, said } = await run(command, { cwd: root, seconds: 300 });
    if (code !== 0) throw new Error(`${command.join(' ')} failed:\n${said}`);
  }
  const tarball = (await readdir(directory)).find((name) => name.endsWith('.tgz'))!;
  for (const name of ['package.json', 'package-lock.json'])
    await copyFile(join(own, 'tools', name), join(directory, name));
  for (const name of ['program.mts', 'commonjs.ts']) await copyFile(join(own, name), join(directory, name));
  console.log('installing the tools');
  const install = await run(['npm', 'ci', '--prefer-offline'], { cwd: directory, seconds: 300 });
  if (install.code !== 0) absent('what scripts/runtimes/tools names', install.said);
  const added = ['npm', 'install', '--no-save', '--prefer-offline', tarball];
  const installed = await run(added, { cwd: directory, seconds: 120 });
  if (installed.code !== 0) absent('the packed package', installed.said);
  await inRuntimes(directory);
  await inJest(directory);
  await inTypeScript(directory);
} finally {
  await rm(directory, { recursive: true, force: true });
}
conclude(outcomes);
