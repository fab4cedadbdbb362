import { Activity, Suspense, useState } from 'react';
import { useKube, useKubeSuspense } from 'kuberx/react';

/** Pods below a `Suspense` in an `Activity`, twice; a button hides and shows one, another one mounts and unmounts the other. */
export function Toggled() {
  const [isVisible, setIsVisible] = useState(true);
  const [isMounted, setIsMounted] = useState(true);
  const [toggles, setToggles] = useState(0);
  const toggle = (set: (value: boolean) => void, value: boolean): void => {
    set(value);
    setToggles(toggles + 1);
  };
  return (
    <>
      <button type="button" id="show" onClick={() => toggle(setIsVisible, !isVisible)}>
        {isVisible ? 'hide' : 'show'}
      </button>
      <button type="button" id="mount" onClick={() => toggle(setIsMounted, !isMounted)}>
        {isMounted ? 'unmount' : 'mount'}
      </button>
      <output>{toggles}</output>
      <Activity mode={isVisible ? 'visible' : 'hidden'}>
        <Suspense fallback={<p>waiting</p>}>
          <Suspended />
        </Suspense>
      </Activity>
      {isMounted && (
        <Suspense fallback={<p>waiting</p>}>
          <Suspended />
          <Counted />
        </Suspense>
      )}
    </>
  );
}

function Suspended() {
  return <p className="suspended">{useKubeSuspense('v1/pods').rows.length} pods</p>;
}

function Counted() {
  const { rows, ready } = useKube('v1/pods');
  return <p className="counted">{ready ? `${rows.length} pods` : 'not ready'}</p>;
}
