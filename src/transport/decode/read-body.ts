import { type OperatorFunction, pipe, reduce } from 'rxjs';
import { bodyTexts } from './body-texts.ts';
import type { HttpEvent } from '../request/http-client.ts';

/** Emits the whole body as one text on completion. Errors like {@link bodyTexts}. */
export function readBody(resource: string): OperatorFunction<HttpEvent, string> {
  return pipe(
    bodyTexts(resource),
    reduce((body, text) => body + text, ''),
  );
}
