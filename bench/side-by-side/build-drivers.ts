import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));
const drivers = [
  'side-by-side/line-protocol.ts',
  'side-by-side/turn-meter.ts',
  'side-by-side/cpu-profile.ts',
  'side-by-side/drivers/kuberx.ts',
  'side-by-side/drivers/kuberx-kubeconfig.ts',
  'side-by-side/drivers/kuberx-rest.ts',
  'side-by-side/drivers/serve-cache.ts',
  'side-by-side/drivers/floor.ts',
  'peers/client-node/driver.ts',
  'peers/fluent-client/driver.ts',
];
const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
};

/**
 * Builds the package and the drivers in Node as JavaScript, as users run it: to strip types at run time takes 30 MiB.
 * Returns the directory that has the drivers at the same paths; it is within the package, so that they find it by name.
 */
export async function buildDrivers(): Promise<string> {
  await promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: root });
  const target = join(root, '.cache', 'bench');
  for (const driver of drivers) {
    const source = await readFile(join(root, 'bench', driver), 'utf8');
    const { outputText } = ts.transpileModule(source, { compilerOptions, fileName: driver });
    const file = join(target, driver.replace(/\.ts$/u, '.js'));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, outputText);
  }
  return target;
}
