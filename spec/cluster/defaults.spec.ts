import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiServer, type ApiServer } from 'kuberx/testing/apiserver';
import { type ControlPlane, startControlPlane } from '../../scripts/controlplane/control-plane.ts';
import { request } from '../../scripts/controlplane/http-request.ts';
import { littleObjects } from './little-objects.ts';

let controlPlane: ControlPlane;
let embedded: ApiServer;

beforeAll(async () => {
  [controlPlane, embedded] = await Promise.all([startControlPlane(), apiServer({ namespaces: true, defaults: true })]);
});
afterAll(() => Promise.all([controlPlane.stop(), embedded.stop({ how: 'reset' })]));

const made = new Set(['uid', 'resourceVersion', 'creationTimestamp', 'managedFields']);

/** Without what a server makes up. */
function normalised(text: string): unknown {
  const kept = JSON.stringify(JSON.parse(text), (key, value: unknown) => (made.has(key) ? undefined : value));
  return JSON.parse(
    kept
      .replaceAll(/"10\.0\.\d+\.\d+"/gu, '"ADDRESS"')
      .replaceAll(/"nodePort":\d+/gu, '"nodePort":0')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu, 'UID')
      .replaceAll(/"\d{4}-\d\d-\d\dT[^"]*Z"/gu, '"TIME"'),
  );
}

describe('the embedded server fills in what a kube-apiserver fills in', () => {
  it.each(
    littleObjects.map(([path, object]) => [path, (object as { metadata: { name: string } }).metadata.name, object]),
  )('%s %s', async (path, _name, body) => {
    const { url, token, ca } = controlPlane;
    const real = await request(`${url}${path}`, { body, token, ca });
    expect(real.status).toBe(201);
    const own = await request(`${embedded.url}${path}`, { body });
    expect(normalised(own.body)).toEqual(normalised(real.body));
  });
});
