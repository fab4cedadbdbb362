import type {
  AuthenticationV1TokenRequest,
  V1Binding,
  V1Eviction,
  V1SelfSubjectAccessReview,
  V1SelfSubjectReview,
  V1SubjectAccessReview,
  V1TokenReview,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Raw } from 'kuberx';
import { resourceClient } from 'kuberx/rest';
import { GoMissing } from '../../scripts/controlplane/binaries.ts';
import { startControlPlane } from '../../scripts/controlplane/control-plane.ts';

const controlPlane = await startControlPlane({ authorizationMode: 'RBAC' }).catch((error: unknown) => {
  if (error instanceof GoMissing) return undefined;
  throw error;
});

afterAll(() => controlPlane?.stop());

describe.skipIf(controlPlane === undefined)('create of a kind that is asked and not stored', () => {
  const config = () => ({ server: controlPlane!.url, ca: controlPlane!.ca, token: controlPlane!.token });
  const namespace = 'default';
  const metadata = {};

  it('tells who asks', async () => {
    const reviews = resourceClient<V1SelfSubjectReview>(config(), 'authentication.k8s.io/v1/selfsubjectreviews');
    const answer = await reviews.create({
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'SelfSubjectReview',
      metadata,
    });
    expect(answer.status?.userInfo?.groups).toContain('system:authenticated');
  });

  it('tells what is allowed', async () => {
    const apiVersion = 'authorization.k8s.io/v1';
    const resourceAttributes = { verb: 'list', resource: 'pods', namespace };
    const own = resourceClient<V1SelfSubjectAccessReview>(config(), `${apiVersion}/selfsubjectaccessreviews`);
    const asked = { apiVersion, kind: 'SelfSubjectAccessReview', metadata, spec: { resourceAttributes } };
    expect((await own.create(asked)).status?.allowed).toBe(true);
    const others = resourceClient<V1SubjectAccessReview>(config(), `${apiVersion}/localsubjectaccessreviews`);
    const answer = await others.create({
      apiVersion,
      kind: 'LocalSubjectAccessReview',
      metadata: { namespace },
      spec: { user: 'nobody', resourceAttributes },
    });
    expect(answer.status?.allowed).toBe(false);
  });

  describe('of a subresource', () => {
    const accounts = () => resourceClient(config(), 'v1/serviceaccounts');
    const pods = () => resourceClient(config(), 'v1/pods');
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace } };

    beforeAll(async () => {
      await accounts().create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'bot', namespace } });
      const spec = {
        serviceAccountName: 'bot',
        automountServiceAccountToken: false,
        containers: [{ name: 'a', image: 'a' }],
      };
      await pods().create({ ...pod, spec });
    });

    it('gives a token, which a review knows', async () => {
      const tokens = accounts().subresource<Raw<AuthenticationV1TokenRequest>>('token');
      const request = {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        metadata: { name: 'bot', namespace },
      };
      const { status } = await tokens.create({ ...request, spec: { audiences: [] } });
      const reviews = resourceClient<V1TokenReview>(config(), 'authentication.k8s.io/v1/tokenreviews');
      const answer = await reviews.create({
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenReview',
        metadata,
        spec: { token: status?.token ?? '' },
      });
      expect(answer.status).toMatchObject({
        authenticated: true,
        user: { username: 'system:serviceaccount:default:bot' },
      });
    });

    it('binds a pod to a node, and evicts it', async () => {
      const binding = {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: pod.metadata,
        target: { kind: 'Node', name: 'n' },
      };
      expect(await pods().subresource<Raw<V1Binding>>('binding').create(binding)).toMatchObject({
        kind: 'Status',
        status: 'Success',
      });
      expect((await pods().get(pod.metadata)) as object).toMatchObject({ spec: { nodeName: 'n' } });
      const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: pod.metadata };
      expect(await pods().subresource<Raw<V1Eviction>>('eviction').create(eviction)).toMatchObject({
        kind: 'Status',
        status: 'Success',
      });
    });
  });
});
