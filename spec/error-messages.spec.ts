import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  CacheSyncError,
  FactoryShutDownError,
  HandlerError,
  KeyError,
  KubeError,
  StoreError,
  TransformError,
  WaitEndedError,
  WaitTimeoutError,
} from 'kuberx';
import { NamespaceSyntaxError, ResourceSyntaxError, UnknownResourceError } from 'kuberx/http';
import { QueueError } from 'kuberx/queue';
import { RestConfigError } from 'kuberx/rest';

const hostile = `web\u001b]0;owned\u0007\u009b2J\u202e\n${'x'.repeat(5000)}`;
const secret = { metadata: { name: hostile, namespace: 'a' }, data: { password: 'hunter2' } };

const errors: readonly Error[] = [
  new KubeError({ reason: 'Network', resource: hostile, message: hostile, cause: new Error(hostile) }),
  new KeyError(hostile),
  new StoreError({ reason: 'IndexFunction', message: hostile, key: 'a/b', index: 'node', cause: new Error('no') }),
  new QueueError({ reason: 'ProcessFailed', message: hostile }),
  new TransformError('v1/secrets', hostile, 'threw', new Error('no')),
  new HandlerError({ type: 'added', object: secret, isInInitialList: true }, new Error(hostile)),
  new WaitTimeoutError(hostile, 1000, [secret]),
  new WaitEndedError(hostile),
  new CacheSyncError([{ resource: hostile, lastError: new Error(hostile), cause: 'too late' }]),
  new FactoryShutDownError(hostile),
  new ResourceSyntaxError(hostile, 'it looks like nothing'),
  new NamespaceSyntaxError(hostile),
  new UnknownResourceError(hostile, { resources: [], failures: [] }),
  new RestConfigError('Invalid', hostile),
];

describe.each(errors.map((error) => [error.constructor.name, error] as const))('a %s', (_name, error) => {
  it('has one printable line of at most 1,000 characters for its message', () => {
    expect(error.message.length).toBeLessThanOrEqual(1000);
    expect(error.message).toMatch(/^[^\p{Cc}\p{Cf}]+$/u);
    expect(error.message).toContain('web');
    expect(error.stack?.split('\n')[0]).toContain(error.message);
  });

  it('shows nothing of the object that it is about', () => {
    const depth = Infinity;
    expect([inspect(error, { depth }), JSON.stringify(error)].join()).not.toContain('hunter2');
  });
});

it('still hands out the object, to who asks for it', () => {
  const event = { type: 'added', object: secret, isInInitialList: true } as const;
  expect(new HandlerError(event, 'no').event).toBe(event);
  expect(new WaitTimeoutError('it', 1, [secret]).lastSeen).toBe(secret);
});
