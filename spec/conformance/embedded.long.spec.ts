import { describe, vi } from 'vitest';
import { certificate, key } from '../rest/test-certificate.ts';
import { conformance, watching } from './conformance.ts';
import { embeddedSubject } from './embedded-server.ts';

// They wait for most of the time: for a watch to end, for a second to pass between two of them. One server follows the other.
vi.setConfig({ maxConcurrency: 40 });

describe('the embedded server', () => conformance(embeddedSubject({ manyObjects: 20_000 })));

describe('the embedded server without streaming lists, which remembers what was before a restart', () => {
  conformance(embeddedSubject({ watchList: false, resumesAfterRestart: true, manyObjects: 5_000 }));
});

describe('the embedded server over TLS with a certificate that it was given', () => {
  conformance(embeddedSubject({ tls: { key, cert: certificate }, manyObjects: 2_000 }));
});

describe('the embedded server over HTTP/2', () => {
  conformance(embeddedSubject({ tls: true, manyObjects: 20_000 }));
});

describe('the embedded server over HTTP/1.1 and TLS', () => {
  conformance(embeddedSubject({ tls: true, http2: false, manyObjects: 20_000 }));
});

describe('the embedded server over TLS, watched over WebSockets', () => {
  conformance(embeddedSubject({ tls: true, watchesBy: 'webSocket', manyObjects: 20_000 }), watching);
});
