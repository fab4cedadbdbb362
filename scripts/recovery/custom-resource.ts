import { setTimeout as pause } from 'node:timers/promises';
import type { ControlPlane } from '../controlplane/control-plane.ts';
import { request } from '../controlplane/http-request.ts';

const group = 'recovery.example.io';
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** The custom resource that is followed where ConfigMaps will not do. */
export const heartbeats = `${group}/v1/heartbeats`;

/** Resolves when it is served. */
export async function defineHeartbeats(controlPlane: ControlPlane): Promise<void> {
  const { url, ca, token } = controlPlane;
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `heartbeats.${group}` },
    spec: {
      group,
      names: { plural: 'heartbeats', singular: 'heartbeat', kind: 'Heartbeat' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  };
  const { status, body } = await request(`${url}${definitions}`, { ca, token, body: definition });
  if (status !== 201) throw new Error(`the definition was not created: ${body}`);
  await answers(controlPlane, 200);
}

/** Resolves when it is not served any more, and its objects are gone. */
export async function undefineHeartbeats(controlPlane: ControlPlane): Promise<void> {
  const { url, ca, token } = controlPlane;
  await request(`${url}${definitions}/heartbeats.${group}`, { method: 'DELETE', ca, token });
  await answers(controlPlane, 404);
}

async function answers({ url, ca, token }: ControlPlane, status: number): Promise<void> {
  while ((await request(`${url}/apis/${heartbeats}`, { ca, token })).status !== status) await pause(50);
}
