import { describe, vi } from 'vitest';
import { certificate, key } from '../rest/test-certificate.ts';
import { conformance } from './conformance.ts';
import { embeddedSubject } from './embedded-server.ts';

// They wait for most of the time: for a watch to end, for a second to pass between two of them.
vi.setConfig({ maxConcurrency: 40 });

describe.concurrent('the embedded server', () => conformance(embeddedSubject({ manyObjects: 20_000 })));

describe.concurrent('the embedded server without streaming lists, which remembers what was before a restart', () => {
  conformance(embeddedSubject({ watchList: false, resumesAfterRestart: true, manyObjects: 5_000 }));
});

describe.concurrent('the embedded server over TLS', () => {
  conformance(embeddedSubject({ tls: { key, cert: certificate }, manyObjects: 2_000 }));
});
