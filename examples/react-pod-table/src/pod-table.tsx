import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, type RefObject, useEffect, useState } from 'react';
import { metaNamespaceKey, type Rows } from 'kuberx';
import { ageOf } from './age.ts';
import { type Column, columns, type Pod, toneOf } from './columns.ts';
import { rowAfter } from './row-after.ts';
import { serverTime, useNow } from './server-time.ts';

const rowHeight = 36;

interface PodTableProps {
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly rows: Rows<Pod>;
  /** Why there is no row. */
  readonly empty: string;
  readonly order: Column;
  readonly onOrder: (order: Column) => void;
  /** The key of the row that the arrow keys start from. */
  readonly chosen: string | undefined;
  /** The chosen pod as it was last, if it is gone. It keeps its place until another one is chosen. */
  readonly gone: Pod | undefined;
  readonly onChoose: (key: string, opens: boolean) => void;
}

/** A table of any number of pods. Only the rows in sight are elements of the page. */
export function PodTable({ grid, rows, empty, order, onOrder, chosen = '', gone, onChoose }: PodTableProps) {
  const now = useNow();
  const [place, setPlace] = useState({ chosen, at: -1 });
  const present = rows.indexOf(chosen);
  if (place.chosen !== chosen || (present >= 0 && present !== place.at)) setPlace({ chosen, at: present });
  const ghost = gone === undefined || place.at < 0 ? Infinity : Math.min(place.at, rows.length);
  const at = ghost < Infinity ? ghost : present;
  const count = rows.length + (ghost < Infinity ? 1 : 0);
  const podAt = (index: number): Pod => (index === ghost ? gone : rows.at(index > ghost ? index - 1 : index))!;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: rowHeight, // below the head,
    scrollPaddingStart: rowHeight, // which stays in sight
  });
  useEffect(() => grid.current?.focus(), [grid]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { key, target, currentTarget, ctrlKey, metaKey, altKey } = event;
    if (target !== currentTarget || ctrlKey || metaKey || altKey) return;
    const page = Math.floor(currentTarget.clientHeight / rowHeight) - 2;
    const to = key === 'Enter' ? at : (rowAfter(key, at, count, page) ?? -1);
    if (to < 0) return;
    event.preventDefault();
    virtual.scrollToIndex(to);
    onChoose(metaNamespaceKey(podAt(to)), key === 'Enter');
  };
  return (
    <div className="frame">
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        aria-label="Pods"
        aria-rowcount={count + 1}
        aria-activedescendant={at < 0 ? undefined : `pod ${chosen}`}
        onKeyDown={onKeyDown}
      >
        <div className="row" role="row" aria-rowindex={1}>
          {columns.map((column) => {
            const isOrder = column.title === order.title;
            const sort = !isOrder ? 'none' : order.desc ? 'descending' : 'ascending';
            const next = isOrder ? { ...order, desc: !order.desc } : column;
            return (
              <span key={column.title} role="columnheader" aria-sort={sort} className={column.title}>
                <button type="button" onClick={() => onOrder(next)}>
                  {column.title}
                </button>
              </span>
            );
          })}
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const pod = podAt(index);
            const id = metaNamespaceKey(pod);
            const age = ageOf(pod.metadata.creationTimestamp, serverTime(now));
            const top = start - rowHeight;
            return (
              <PodRow
                key={id}
                {...{ id, pod, index, top, age, onChoose }}
                isChosen={id === chosen}
                isGone={index === ghost}
              />
            );
          })}
        </div>
      </div>
      {count === 0 && <p className="notice">{empty}</p>}
    </div>
  );
}

interface PodRowProps extends Pick<PodTableProps, 'onChoose'> {
  readonly id: string;
  readonly pod: Pod;
  readonly index: number;
  readonly top: number;
  readonly age: string;
  readonly isChosen: boolean;
  readonly isGone: boolean;
}

/** Rendered again only where its own pod has changed: the others are the same objects as before. */
const PodRow = memo(function PodRow({ id, pod, index, top, age, isChosen, isGone, onChoose }: PodRowProps) {
  const cells = columns.map(({ title, key }) => [title, title === 'Age' ? age : (key(pod) ?? '–')]);
  return (
    <div
      role="row"
      className={`row ${isGone ? 'gone' : toneOf(pod)}`}
      id={`pod ${id}`}
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onChoose(id, true)}
    >
      {cells.map(([title, text]) => (
        <span key={title} role="gridcell" className={`${title}${title === 'Status' ? ' dotted' : ''}`}>
          {title === 'Status' && isGone ? 'Deleted' : text}
        </span>
      ))}
    </div>
  );
});
