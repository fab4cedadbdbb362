import { describe, vi } from 'vitest';
import { allParts, carried, conformance, long, type Part, watching } from './conformance.ts';
import { embeddedSubject } from './embedded-server.ts';

// They wait for most of the time: for a watch to end, for a second to pass between two of them.
vi.setConfig({ maxConcurrency: 40 });

const isShort = (part: Part): boolean => !long.includes(part);
const manyObjects = 500;

// `embedded.spec.ts` has all parts over plain HTTP/1.1, and `embedded.long.spec.ts` all of them over each transport.
describe.concurrent('the embedded server over HTTP/2', () => {
  conformance(embeddedSubject({ tls: true, manyObjects }), allParts.filter(isShort));
});

describe.concurrent('the embedded server over HTTP/1.1 and TLS', () => {
  conformance(embeddedSubject({ tls: true, http2: false, manyObjects }), carried);
});

describe.concurrent('the embedded server, watched over WebSockets', () => {
  conformance(embeddedSubject({ watchesBy: 'webSocket', manyObjects }), watching.filter(isShort));
});
