import { Observable, type OperatorFunction } from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import type { WatchFrame } from '../../protocol/watch-frame.ts';
import { statusOf } from './decode-status.ts';
import type { HttpEvent } from '../request/http-client.ts';
import { isJsonRecord } from './json-record.ts';
import { FrameSplitter } from './frame-splitter.ts';
import { isText, malformed, type ObjectRule } from './object-rule.ts';
import { partialObject } from './partial-object.ts';
import { type JsonParser, parseJson } from '../../sharing/sibling-parser.ts';
import { changeFrame } from './change-frame.ts';
import { withTypeOf } from './with-type-of.ts';

/** Options of {@link decodeWatchFrames}. */
export interface DecodeWatchFramesOptions {
  /** The longest frame, in bytes. Default 64 MiB; etcd takes objects of a few MiB at most. */
  readonly maxFrameBytes?: number | undefined;
  /** Parses a frame. Default `JSON.parse`; see {@link siblingParser}. */
  readonly parse?: JsonParser | undefined;
}

const defaultMaxFrameBytes = 64 * 1024 * 1024;
// Source: apimachinery meta/v1/types.go, InitialEventsAnnotationKey.
const initialEventsEnd = 'k8s.io/initial-events-end';

/**
 * Decodes a watch response into frames: its head is OPEN, and each JSON object of its body is a frame, whether it is a line,
 * follows another one in a line, or is printed over several lines. White space between frames is left out. Chunks may cut
 * frames anywhere. Objects may be of any version and kind. An object that no cache can hold is a REFUSED frame, see {@link
 * changeFrame}.
 *
 * Completes when the response ends after a whole frame, and right after an ERROR frame. A frame needs no line feed behind
 * it, because no part of a JSON object is one. What is left of a part at the end is the `KubeError` StreamCut. A frame that is too long is TooLarge. An invalid frame is Malformed, as is a frame of an unknown type:
 * skipping it could miss a change.
 */
export function decodeWatchFrames<T>(
  rule: ObjectRule,
  options: DecodeWatchFramesOptions = {},
): OperatorFunction<HttpEvent, WatchFrame<T>> {
  const { resource } = rule;
  const { maxFrameBytes = defaultMaxFrameBytes, parse = parseJson } = options;
  return (source) =>
    new Observable((subscriber) => {
      const splitter = new FrameSplitter(maxFrameBytes);
      const shape = rule.metadataOnly ? partialObject : withTypeOf(rule);
      let frames = 0;
      const onframe = (text: string, isCut: boolean): boolean | undefined => {
        const place = `frame ${frames + 1} of the watch`;
        const value = parsed(text, parse);
        if (value === undefined && !isCut) return undefined;
        // The message of JSON.parse quotes the text, which may be a Secret.
        if (value === undefined) throw malformed(resource, `${place} is not JSON`);
        frames += 1;
        const frame = decodeFrame<T>(value, { resource, place, shape });
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
          else guarded(() => splitter.push(event.bytes, onframe));
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => {
          guarded(() => {
            if (splitter.end(onframe) > 0) throw streamCut(resource, frames + 1);
            subscriber.complete();
          });
        },
      });
    });
}

interface FrameContext {
  readonly resource: string;
  /** The frame in words. */
  readonly place: string;
  /** Changes an object before it is checked. */
  readonly shape: (object: unknown) => unknown;
}

/** The value of a text; `undefined` if it is not JSON. */
function parsed(text: string, parse: JsonParser): unknown {
  try {
    return parse(text, 'object');
  } catch {
    return undefined;
  }
}

function decodeFrame<T>(value: unknown, { resource, place, shape }: FrameContext): WatchFrame<T> {
  if (!isJsonRecord(value)) throw malformed(resource, `${place} is not an object`);
  const { type, object } = value;
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return changeFrame<T>(type, shape(object), { resource, place: `${place} (${type}): its object` });
    case 'BOOKMARK': {
      const metadata = isJsonRecord(object) && isJsonRecord(object['metadata']) ? object['metadata'] : {};
      const { annotations, resourceVersion } = metadata;
      const isEnd = isJsonRecord(annotations) && annotations[initialEventsEnd] === 'true';
      return { type, ...(isText(resourceVersion) && { resourceVersion }), initialEventsEnd: isEnd };
    }
    case 'ERROR':
      return { type, status: statusOf(object) };
    default:
      throw malformed(resource, `${place} has a type that no watch has`);
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
