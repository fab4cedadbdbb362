import { afterAll, beforeAll, describe } from 'vitest';
import { buildPrograms, GoMissing } from '../../scripts/controlplane/binaries.ts';
import {
  startControlPlane,
  type ControlPlane,
  type ControlPlaneOptions,
} from '../../scripts/controlplane/control-plane.ts';
import { carried, conformance, type Part } from '../conformance/conformance.ts';
import { ControlPlaneServer } from '../conformance/control-plane-server.ts';
import type { Capabilities, Subject } from '../conformance/server.ts';

const canRun = await buildPrograms(['etcd', 'kube-apiserver', 'kubectl']).then(
  () => true,
  (error: unknown) => {
    if (error instanceof GoMissing) return false;
    throw error;
  },
);

function onControlPlane(
  name: string,
  options: ControlPlaneOptions,
  capabilities: Capabilities,
  {
    parts,
    watchesOverSockets,
  }: { readonly parts?: readonly Part[]; readonly watchesOverSockets?: readonly Part[] } = {},
): void {
  describe.skipIf(!canRun)(name, () => {
    let controlPlane: ControlPlane | undefined;
    let server: ControlPlaneServer;

    beforeAll(async () => {
      controlPlane = await startControlPlane({ ...options, authorizationMode: 'RBAC' });
      server = new ControlPlaneServer(controlPlane, capabilities);
    });
    afterAll(() => controlPlane?.stop());

    const subject: Subject = { capabilities, isolated: false, serve: () => Promise.resolve(server) };
    conformance(subject, parts);
    if (watchesOverSockets === undefined) return;
    describe('watched over WebSockets', () => conformance({ ...subject, watchesBy: 'webSocket' }, watchesOverSockets));
  });
}

/** What a kube-apiserver of today does. */
const today: Capabilities = {
  streamingLists: true,
  cached: true,
  bookmarks: true,
  resumesAfterRestart: false,
  compactionExpiresWatches: false,
  refusesForeignPages: false,
  pinnedRelease: true,
  manyObjects: 100_000,
};

onControlPlane('kube-apiserver 1.36', {}, today);

onControlPlane(
  'kube-apiserver 1.36 over HTTP/1.1',
  { apiServerFlags: ['--disable-http2-serving'] },
  { ...today, manyObjects: 5_000 },
  { parts: carried, watchesOverSockets: ['watches', 'synchronising', 'selections', 'permissions'] },
);

onControlPlane(
  'kube-apiserver as 1.33',
  { emulatedVersion: '1.33' },
  { ...today, streamingLists: false, pinnedRelease: false, manyObjects: 5_000 },
);

onControlPlane(
  'kube-apiserver 1.36 without its watch cache',
  { watchCache: false },
  {
    ...today,
    cached: false,
    bookmarks: false,
    resumesAfterRestart: true,
    compactionExpiresWatches: true,
    manyObjects: 5_000,
  },
);
