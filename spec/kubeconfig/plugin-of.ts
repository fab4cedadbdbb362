import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { directory } from '../rest/directory.ts';
import { kubeConfigText } from './kube-config-of.ts';

/** The version of the protocol. */
export const v1 = 'client.authentication.k8s.io/v1';

/** The file of a kubeconfig whose user has a plugin, a script of its own. */
export interface PluginFile {
  readonly file: string;
  /** How often it was run. */
  readonly runs: () => number;
  /** What it does from now on. `$RUN` is the number of the run, from 1 on. */
  readonly does: (lines: string) => void;
}

/** Lines that give credentials. */
export const gives = (status: object): string =>
  `cat <<E\n${JSON.stringify({ apiVersion: v1, kind: 'ExecCredential', status }).replaceAll('\\', '\\\\')}\nE`;

/** A kubeconfig of a server, with the contexts of `kubeConfigText`, in a directory of its own. */
export function pluginFile(server: string, lines: string, exec: object = {}): PluginFile {
  const place = directory();
  const [script, runs, file] = ['plugin.sh', 'runs', 'config'].map((name) => path.join(place, name)) as [string, string, string]; // prettier-ignore
  const does = (next: string): void => {
    writeFileSync(
      script,
      `#!/bin/sh\nexec 3>&2 2>/dev/null\necho run >> ${runs}\nRUN=$(wc -l < ${runs} | tr -d ' ')\nexec 2>&3\n${next}\n`,
    );
    chmodSync(script, 0o755);
  };
  does(lines);
  const command = { apiVersion: v1, command: script, interactiveMode: 'Never', ...exec };
  writeFileSync(file, kubeConfigText(server, { exec: command }));
  return { file, runs: () => (existsSync(runs) ? readFileSync(runs, 'utf8').split('\n').length - 1 : 0), does };
}
