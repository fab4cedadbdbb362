import { catchError, EMPTY, from, type Observable, type ObservableInput } from 'rxjs';

/**
 * A projection of which each failure, thrown or of its Observable, is told to `failed` and gives nothing: the others go on.
 * What `failed` throws is its error. What is done when it returns stays so.
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
      // What is done at once cannot fail later.
      if (projected$ === EMPTY) return EMPTY;
      if (Array.isArray(projected$)) return [...(projected$ as readonly R[])];
      return from(projected$).pipe(catchError((cause: unknown) => giveUp(cause, item)));
    } catch (cause) {
      return giveUp(cause, item);
    }
  };
}
