import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** The part of the output of vitest's JSON reporter that is read here. */
export interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** A line for each spec that failed, and for each file that did not load, with what its error says, such as a seed. */
export function failures(files: Report['testResults']): string[] {
  return files.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const failed = assertionResults.filter((spec) => spec.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [`${file}: ${inOneLine(message)}`];
    return failed.map((spec) => `${file} > ${spec.fullName}: ${inOneLine(spec.failureMessages[0])}`);
  });
}

/** The message of an error, without its place. */
function inOneLine(error = ''): string {
  const lines = stripVTControlCharacters(error).split('\n');
  const words = lines.filter((line) => !/^\s*at /.test(line)).map((line) => line.trim());
  return words.filter(Boolean).join(' ').slice(0, 500);
}
