import { describe, expect, it } from 'vitest';
import { ApiServer } from 'kuberx/testing/apiserver';
import { runCommand } from '#src/testing/apiserver/program/command.ts';

const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
const run = (server: ApiServer, command: unknown): unknown => runCommand(server, JSON.stringify(command));

describe('runCommand', () => {
  it('applies, deletes, saves and loads', () => {
    const server = new ApiServer({ listen: false });
    expect(run(server, { apply: configMap })).toMatchObject({
      ok: true,
      result: { metadata: { namespace: 'default' } },
    });
    const { result } = run(server, { save: {} }) as { readonly result: unknown };
    expect(run(server, { delete: { resource: 'v1/configmaps', key: 'default/a' } })).toEqual({ ok: true });
    expect(server.list('v1/configmaps')).toEqual([]);
    expect(run(server, { load: result as object })).toEqual({ ok: true });
    expect(server.list('v1/configmaps')).toHaveLength(1);
  });

  it('makes faults and takes them back', () => {
    const server = new ApiServer({ listen: false });
    for (const command of [
      { failNext: { code: 500, times: 3 } },
      { clearFailures: {} },
      { compact: {} },
      { restartCache: {} },
    ]) {
      expect(run(server, command)).toEqual({ ok: true });
    }
    expect(run(server, { endStreams: { how: 'reset' } })).toEqual({ ok: true, result: 0 });
    expect(run(server, { requests: {} })).toEqual({ ok: true, result: [] });
  });

  it.each<[string, string]>([
    ['not json', 'invalid command: not JSON'],
    ['{}', 'invalid command: expected one of failNext, clearFailures'],
    ['[]', 'invalid command: expected one of failNext'],
    ['null', 'invalid command: expected one of failNext'],
    ['{"toString":{}}', 'invalid command: expected one of failNext'],
    ['{"save":{},"load":{}}', 'invalid command: expected one of failNext'],
    ['{"save":1}', 'invalid command: save takes an object'],
    ['{"failNext":{"code":1}}', 'invalid command: invalid code 1 of a failure: expected 401, 403'],
    ['{"delete":{"resource":"v1/pods"}}', 'invalid command: key has to be a text'],
    ['{"delete":{"resource":"v1/pods","key":"default/a"}}', 'invalid command: v1/pods: pods "a" not found'],
    ['{"load":{}}', 'invalid command: invalid saved state'],
    ['{"apply":{"kind":"Pod"}}', 'invalid command: '],
  ])('answers %s by saying what is wrong', (line, error) => {
    const reply = runCommand(new ApiServer({ listen: false }), line);
    expect(reply).toMatchObject({ ok: false });
    expect((reply as { readonly error: string }).error).toContain(error);
  });
});
