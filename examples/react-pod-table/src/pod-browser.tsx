import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { metaNamespaceKey, view } from 'kuberx';
import { Announcement } from './announcement.tsx';
import { columns, toneOf, worstFirst } from './columns.ts';
import { filterOf } from './filter.ts';
import { PodDetails } from './pod-details.tsx';
import { PodTable } from './pod-table.tsx';
import { pods } from './pods.ts';
import { useRows, useSource } from './sources.ts';
import { statusText } from './status-text.ts';

const problems = view(pods, { where: (pod) => toneOf(pod) === 'bad' });
const counted = (count: number, word: string): string =>
  `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;

/** All pods, or those that a text finds, and one of them in detail. */
export function PodBrowser() {
  const [filter, setFilter] = useState({ text: '', where: filterOf(''), problem: '' });
  const [order, setOrder] = useState(columns[0]!);
  const [isWorstFirst, setIsWorstFirst] = useState(true);
  const [chosen, setChosen] = useState<string>();
  const [isOpen, setIsOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLDivElement>(null);

  const { where } = filter;
  const orderBy = useMemo(() => (isWorstFirst ? [worstFirst, order] : [order]), [isWorstFirst, order]);
  const rows = useRows(useMemo(() => view(pods, { where, orderBy }), [where, orderBy]));
  const { length: bad } = useSource(problems.rows$);
  const status = useSource(pods.status$);
  const snapshot = useSource(pods.snapshot$);
  const now = chosen === undefined ? undefined : snapshot.getByKey(chosen);
  const [last, setLast] = useState(now);
  if (now !== undefined && now !== last) setLast(now);
  const shown = now ?? (last !== undefined && metaNamespaceKey(last) === chosen ? last : undefined);
  const gone = now === undefined && shown !== undefined && where(shown) ? shown : undefined;

  const find = (text: string): void => {
    try {
      setFilter({ text, where: filterOf(text), problem: '' });
    } catch (error) {
      setFilter({ text, where, problem: (error as Error).message });
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isTyping = event.target === search.current;
    if (event.key === 'Escape') {
      if (isTyping && filter.text !== '') {
        find('');
        return;
      }
      if (!isOpen && !isTyping) setChosen(undefined);
      setIsOpen(false);
      table.current?.focus();
    } else if (event.key === '/' && !isTyping) {
      event.preventDefault();
      search.current?.focus();
    }
  };

  const all = counted(rows.total, 'pod');
  const count = rows.length === rows.total ? all : `${rows.length.toLocaleString('en')} of ${all}`;
  const empty = !rows.synced
    ? `${statusText(status, 0).text}…`
    : rows.total > 0
      ? `No pod matches “${filter.text}”.`
      : 'There are no pods.';
  return (
    <main tabIndex={-1} className={status.stale ? 'stale' : ''} onKeyDown={onKeyDown}>
      <form className="tools" onSubmit={(event) => event.preventDefault()}>
        <input
          type="search"
          ref={search}
          aria-label="Filter"
          placeholder="Name !not -l app=web"
          title="web !canary finds names with web and without canary, /shop/ a namespace, -l app=web a label; / leads here, Esc empties it"
          aria-invalid={filter.problem !== ''}
          aria-describedby="note"
          value={filter.text}
          onChange={(event) => find(event.target.value)}
        />
        <label>
          <input type="checkbox" checked={isWorstFirst} onChange={() => setIsWorstFirst(!isWorstFirst)} />
          {counted(bad, 'problem')} on top
        </label>
        <span id="note" className={filter.problem === '' ? 'note' : 'note bad'}>
          {filter.problem || count}
        </span>
      </form>
      <Announcement text={`${statusText(status, 0).text}. ${count}, ${counted(bad, 'problem')}.`} />
      <div className="content">
        <PodTable
          grid={table}
          rows={rows}
          order={order}
          onOrder={setOrder}
          chosen={chosen}
          gone={gone}
          onChoose={(key, opens) => {
            setChosen(key);
            if (opens) setIsOpen(true);
          }}
          empty={empty}
        />
        {isOpen && shown !== undefined && (
          <PodDetails pod={shown} isGone={now === undefined} onFind={find} onClose={() => setIsOpen(false)} />
        )}
      </div>
    </main>
  );
}
