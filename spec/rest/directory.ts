import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A new directory that ends with the test. */
export function directory(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'kuberx-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}
