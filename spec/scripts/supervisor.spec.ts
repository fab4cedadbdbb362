import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DaemonFailed } from '../../scripts/controlplane/daemon.ts';
import { onFreePort } from '../../scripts/controlplane/free-port.ts';
import { Supervisor } from '../../scripts/controlplane/supervisor.ts';
import { eventually } from '../eventually.ts';

const program = process.execPath;
const forever = { program, args: ['-e', 'setInterval(() => undefined, 1000)'] };
const atOnce = (): Promise<boolean> => Promise.resolve(true);

let dataDir: string;
let supervisor: Supervisor;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kuberx-spec-'));
  supervisor = new Supervisor(dataDir, true);
});

afterEach(() => supervisor.stop());

describe('Supervisor', () => {
  it('waits until the probe says so, whether it says no or throws before', async () => {
    const probe = vi.fn(atOnce).mockResolvedValueOnce(false).mockRejectedValueOnce(new Error('refused'));
    const daemon = await supervisor.start(forever, probe);

    expect(probe).toHaveBeenCalledTimes(3);
    expect(daemon.running).toBe(true);
  });

  it('fails with the end of the log where the program ends before it is ready', async () => {
    const args = ['-e', 'console.log("earlier"); console.error("no such flag"); process.exitCode = 3'];
    const start = supervisor.start({ program, args }, () => Promise.resolve(false));

    await expect(start).rejects.toThrow(/^node ended \(exit code 3\); its log ends with:\nearlier\nno such flag$/u);
  });

  it('does not take the answer of another for that of a program that has ended', async () => {
    const start = supervisor.start({ program, args: ['-e', ''] }, async (daemon) => {
      await daemon.ended;
      return true;
    });

    await expect(start).rejects.toThrow(DaemonFailed);
  });

  it('writes no log through a link', async () => {
    const victim = join(dataDir, 'victim');
    await writeFile(victim, 'unharmed');
    await symlink(victim, join(dataDir, 'node.log'));

    await expect(supervisor.start(forever, atOnce)).rejects.toThrow('ELOOP');
    expect(await readFile(victim, 'utf8')).toBe('unharmed');
  });

  it('fails where there is no such program', async () => {
    const start = supervisor.start({ program: join(dataDir, 'absent'), args: [] }, () => Promise.resolve(false));

    await expect(start).rejects.toThrow(/^absent did not start/u);
  });

  it('ends what it was starting when the start is aborted', async () => {
    const abort = new AbortController();
    let pid: number | undefined;
    const start = supervisor.start(
      forever,
      (daemon) => {
        pid = daemon.pid;
        abort.abort();
        return Promise.resolve(false);
      },
      abort.signal,
    );

    await expect(start).rejects.toThrow('aborted');
    expect(isAlive(pid)).toBe(false);
  });

  it('says when a program ends though nobody asked it to, and not when somebody did', async () => {
    const asked = await supervisor.start(forever, atOnce);
    await asked.end();
    const daemon = await supervisor.start(forever, atOnce);
    process.kill(daemon.pid!, 'SIGKILL');

    // The one that was asked to end came first, with SIGTERM.
    expect((await supervisor.failed).message).toMatch(/^node ended \(SIGKILL\)/u);
  });

  it('ends all, and removes a temporary directory', async () => {
    const daemons = [await supervisor.start(forever, atOnce), await supervisor.start(forever, atOnce)];
    await supervisor.stop();

    expect(daemons.map(({ pid }) => isAlive(pid))).toEqual([false, false]);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('keeps a directory that is not temporary', async () => {
    const kept = await mkdtemp(join(tmpdir(), 'kuberx-spec-'));
    const keeping = new Supervisor(kept, false);
    await keeping.start(forever, atOnce);
    await keeping.stop();

    expect(existsSync(join(kept, 'node.log'))).toBe(true);
    await rm(kept, { recursive: true });
  });

  it('leaves nothing behind when its process is killed', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'kuberx-spec-'));
    const module = new URL('../../scripts/controlplane/supervisor.ts', import.meta.url).href;
    const script = `
      const { Supervisor } = await import(${JSON.stringify(module)});
      const supervisor = new Supervisor(${JSON.stringify(directory)}, true);
      const daemon = await supervisor.start(${JSON.stringify(forever)}, async () => true);
      console.log(daemon.pid);`;
    const parent = spawn(program, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const pid = Number(line);
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');

    await eventually(() => expect([isAlive(pid), existsSync(directory)]).toEqual([false, false]));
  });
});

describe('onFreePort', () => {
  it('gives a port that can be listened on, outside the range of outgoing connections', async () => {
    const port = await onFreePort(async (candidate) => {
      const server = createServer().listen(candidate, '127.0.0.1');
      await once(server, 'listening');
      const { port: bound } = server.address() as AddressInfo;
      server.close();
      return bound;
    });

    expect(port).toBeGreaterThanOrEqual(20_000);
    expect(port).toBeLessThan(32_768);
  });

  it('tries another one where a process took it in between, and gives up on anything else', async () => {
    const ports: number[] = [];
    const start = (port: number): Promise<string> => {
      ports.push(port);
      return ports.length < 3
        ? Promise.reject(new DaemonFailed('it ended', 'bind: address already in use'))
        : Promise.reject(new DaemonFailed('it ended', 'unknown flag'));
    };

    await expect(onFreePort(start)).rejects.toThrow('unknown flag');
    expect(ports).toHaveLength(3);
  });
});

function isAlive(pid: number | undefined): boolean {
  try {
    process.kill(pid!, 0);
    return true;
  } catch {
    return false;
  }
}
