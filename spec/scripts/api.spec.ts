import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entries, reportPath, surface } from '../../scripts/api/surface.ts';

const report = readFileSync(reportPath, 'utf8');

describe('docs/api.txt', () => {
  it('holds what the entries export now; `npm run api` writes it anew', async () => {
    expect(await surface()).toBe(report);
  });

  it.each(entries())('has a section for $name', ({ name }) => {
    expect(report).toContain(`\n======== ${name}\n`);
  });

  it('shows a function with its overloads, a class without its private members, and no comments', () => {
    expect(report.match(/^function apiServer\(/gm)).toHaveLength(1);
    expect(report).toMatch(/^function listWatch[^]*^function listWatch/m);
    expect(report).not.toMatch(/private |#private|\/\*\*/);
  });

  it('shows what a declaration mentions, though no entry exports it', () => {
    const [, mentioned] = report.split('======== mentioned, and exported by no entry\n');
    expect(mentioned).toContain('interface Directives {');
  });
});
