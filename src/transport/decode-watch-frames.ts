import { Observable, type OperatorFunction } from 'rxjs';
import { KubeError } from '../protocol/kube-error.ts';
import type { WatchFrame } from '../protocol/watch-frame.ts';
import { statusOf } from './decode-status.ts';
import type { HttpEvent } from './http-client.ts';
import { isJsonRecord } from './json-record.ts';
import { LineSplitter } from './line-splitter.ts';
import { isText, malformed, type ObjectCheck, objectCheck, type ObjectRule } from './object-rule.ts';
import { type JsonParser, parseJson } from './sibling-parser.ts';

/** Options of {@link decodeWatchFrames}. */
export interface DecodeWatchFramesOptions {
  /** The longest frame, in bytes. Default 64 MiB; etcd takes objects of some MiB at most. */
  readonly maxFrameBytes?: number | undefined;
  /** Parses a frame. Default `JSON.parse`; see {@link siblingParser}. */
  readonly parse?: JsonParser | undefined;
}

const defaultMaxFrameBytes = 64 * 1024 * 1024;
// Source: apimachinery meta/v1/types.go, InitialEventsAnnotationKey.
const initialEventsEnd = 'k8s.io/initial-events-end';

/**
 * A watch response as frames: its head is OPEN, each line of its body a frame. Frames may be cut anywhere between
 * chunks. Objects are given as parsed, checked by {@link objectCheck}.
 *
 * Completes when the response ends after a whole frame, and right after an ERROR frame. A last line without a line feed
 * counts if it is a whole JSON object, because no part of one is; otherwise it is the `KubeError` StreamCut. Other
 * errors: TooLarge, and Malformed for what is not a frame of this resource, unknown frame types included: to skip one
 * could be to miss a change.
 */
export function decodeWatchFrames<T>(
  rule: ObjectRule,
  options: DecodeWatchFramesOptions = {},
): OperatorFunction<HttpEvent, WatchFrame<T>> {
  const { resource } = rule;
  const { maxFrameBytes = defaultMaxFrameBytes, parse = parseJson } = options;
  return (source) =>
    new Observable((subscriber) => {
      const lines = new LineSplitter(maxFrameBytes);
      const check = objectCheck(rule);
      let frames = 0;
      const online = (line: string): boolean => {
        frames += 1;
        const frame = decodeFrame<T>(line, parse, check);
        if (typeof frame === 'string') throw malformed(resource, `frame ${frames} of the watch ${frame}`);
        subscriber.next(frame);
        if (frame.type === 'ERROR') subscriber.complete();
        return !subscriber.closed;
      };
      const guarded = (step: () => void) => {
        try {
          step();
        } catch (error) {
          subscriber.error(decodingError(error, rule, frames + 1, maxFrameBytes));
        }
      };
      return source.subscribe({
        next: (event) => {
          if (event.type === 'head') subscriber.next({ type: 'OPEN' });
          else guarded(() => lines.push(event.bytes, online));
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => {
          guarded(() => {
            const rest = lines.end();
            if (rest === undefined || (rest !== '' && !isWhole(rest))) throw streamCut(resource, frames + 1);
            if (rest !== '') online(rest);
            subscriber.complete();
          });
        },
      });
    });
}

/** The frame, or in words what is wrong with it. */
function decodeFrame<T>(line: string, parse: JsonParser, check: ObjectCheck): WatchFrame<T> | string {
  let value: unknown;
  try {
    value = parse(line, 'object');
  } catch {
    // The parser's own message quotes the text, which may be a Secret.
    return 'is not JSON';
  }
  if (!isJsonRecord(value)) return 'is not an object';
  const { type, object } = value;
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED': {
      const problem = check(object);
      if (problem !== undefined) return `(${type}): its object ${problem}`;
      return { type, object: object as T, resourceVersion: (object as Checked).metadata.resourceVersion };
    }
    case 'BOOKMARK': {
      const metadata = isJsonRecord(object) ? object['metadata'] : undefined;
      if (!isJsonRecord(metadata) || !isText(metadata['resourceVersion'])) return '(BOOKMARK) has no resourceVersion';
      const annotations = metadata['annotations'];
      const isEnd = isJsonRecord(annotations) && annotations[initialEventsEnd] === 'true';
      return { type, resourceVersion: metadata['resourceVersion'], initialEventsEnd: isEnd };
    }
    case 'ERROR':
      return { type, status: statusOf(object) };
    default:
      return 'has a type that no watch has';
  }
}

interface Checked {
  readonly metadata: { readonly resourceVersion: string };
}

function isWhole(line: string): boolean {
  try {
    return isJsonRecord(JSON.parse(line));
  } catch {
    return false;
  }
}

function streamCut(resource: string, frame: number): KubeError {
  return new KubeError({ reason: 'StreamCut', resource, message: `the watch ended in the middle of frame ${frame}` });
}

function decodingError(error: unknown, { resource }: ObjectRule, frame: number, maxFrameBytes: number): unknown {
  if (error instanceof RangeError) {
    const message = `frame ${frame} of the watch has more than ${maxFrameBytes} bytes`;
    return new KubeError({ reason: 'TooLarge', resource, message });
  }
  return error instanceof TypeError ? malformed(resource, `frame ${frame} of the watch is not UTF-8`) : error;
}
