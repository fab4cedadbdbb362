import { describe, expect, it } from 'vitest';
import { nextHopProtocol } from '#src/http/page/next-hop-protocol.ts';

const timeline = (entries: Record<string, { name?: string; nextHopProtocol?: string }[]>) => ({
  getEntriesByType: (type: string) => entries[type] ?? [],
});

describe('nextHopProtocol', () => {
  const page = 'https://a';

  it('is that of the page where the server is the origin of the page', () => {
    const told = timeline({
      navigation: [{ nextHopProtocol: 'h2' }],
      resource: [{ name: 'https://a/x', nextHopProtocol: 'http/1.1' }],
    });
    expect(nextHopProtocol(page, page, told)).toBe('h2');
    expect(nextHopProtocol('https://b', page, told)).toBeUndefined();
  });

  it('is that of the last resource that says it, of the origin and of no other whose name begins so', () => {
    const resource = [
      { name: 'https://b/1', nextHopProtocol: 'http/1.1' },
      { name: 'https://b/2', nextHopProtocol: 'h2' },
      { name: 'https://b/3', nextHopProtocol: '' },
      { name: 'https://b.example/4', nextHopProtocol: 'h3' },
    ];
    expect(nextHopProtocol('https://b', page, timeline({ resource }))).toBe('h2');
    expect(nextHopProtocol(page, page, timeline({ navigation: [{ nextHopProtocol: '' }], resource }))).toBeUndefined();
  });

  it('is unknown without a timeline', () => {
    expect(nextHopProtocol(page, page, {})).toBeUndefined();
  });
});
