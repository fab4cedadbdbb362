import { describe, vi } from 'vitest';
import { conformance } from './conformance.ts';
import { embeddedSubject } from './embedded-server.ts';

// They wait for most of the time: for a watch to end, for a second to pass between two of them.
vi.setConfig({ maxConcurrency: 40 });

describe.concurrent('the embedded server', () => conformance(embeddedSubject({ manyObjects: 2_000 })));
