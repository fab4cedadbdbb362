import { useEffect } from 'react';
import { BehaviorSubject } from 'rxjs';
import { published, seconds } from 'kuberx';
import { useSource } from 'kuberx/react';

const text$ = new BehaviorSubject('');
const announced$ = published(text$, { every: seconds(5) });

/** Tells a screen reader how it stands: once in 5 s at most, however much changes. */
export function Announcement({ text }: { readonly text: string }) {
  useEffect(() => text$.next(text), [text]);
  return (
    <p role="status" className="unseen">
      {useSource(announced$)}
    </p>
  );
}
