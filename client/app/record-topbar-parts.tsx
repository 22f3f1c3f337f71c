/** What several features put at the right end of a record's topbar. */
import type { JSX } from 'solid-js';
import { RecordComments } from '../features/comments/record-comments.tsx';
import { HistoryButton } from '../features/history/history-button.tsx';
import { SeenHere } from '../fields/news/news-dot.tsx';
import type { RecordPartProps } from '../fields/record-parts.ts';

export function RecordTopbarParts(props: RecordPartProps): JSX.Element {
  return (
    <>
      <SeenHere id={props.record.id} />
      <RecordComments record={props.record} />
      <HistoryButton />
    </>
  );
}
