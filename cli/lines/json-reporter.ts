import { NEVER } from 'rxjs';
import { jsonLine } from './json-line.ts';
import type { Reporter, Write } from '../reporter.ts';
import type { Summary } from '../summary.ts';

/** A line of JSON for each event, and the summary as the last line, however the run ends. */
export function jsonReporter(write: Write): Reporter {
  const end = (summary: Summary): void => write(`${JSON.stringify({ summary })}\n`);
  return {
    frames$: NEVER,
    quit$: NEVER,
    next: (event) => write(`${jsonLine(event)}\n`),
    end,
    refused(event, summary) {
      write(`${jsonLine(event)}\n`);
      end(summary);
    },
    close: () => undefined,
  };
}
