import { catchError, EMPTY, from, type Observable, type ObservableInput } from 'rxjs';

/**
 * Wraps a projection: if it throws or its Observable errors, `failed` gets the error and the result is empty, so that other
 * values go on. If `failed` throws, the result errors with that. An array or an empty result stays what it is.
 */
export function isolated<Item, R>(
  project: (item: Item) => ObservableInput<R>,
  failed: (cause: unknown, item: Item) => void,
): (item: Item) => ObservableInput<R> {
  function giveUp(cause: unknown, item: Item): Observable<never> {
    failed(cause, item);
    return EMPTY;
  }
  return (item) => {
    try {
      const projected$ = project(item);
      // A result that is complete already cannot fail later.
      if (projected$ === EMPTY) return EMPTY;
      if (Array.isArray(projected$)) return [...(projected$ as readonly R[])];
      return from(projected$).pipe(catchError((cause: unknown) => giveUp(cause, item)));
    } catch (cause) {
      return giveUp(cause, item);
    }
  };
}
