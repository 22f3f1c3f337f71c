/**
 * What other features put on the page of a record. Features do not know each other: a record's page leaves places, the
 * app fills them (`client/app/routes.tsx`), and a place nobody fills shows what the record itself tells, or nothing.
 */
import { type Component, createContext, useContext } from 'solid-js';
import type { AnyRecord } from '../../shared/model/entity.ts';

export interface RecordPartProps {
  /** The contact, company or deal of the page, as it changes. */
  readonly record: AnyRecord;
}

export interface FieldPartProps extends RecordPartProps {
  /** Name of a field of the record. */
  readonly name: string;
}

export interface EntryPartProps extends RecordPartProps {
  /** Id of the activity, task or appointment. */
  readonly entryId: string;
}

type RecordPart = Component<RecordPartProps>;

export interface RecordParts {
  /** Composer and feed, in the middle column. */
  readonly timeline?: RecordPart;
  /** The shared text about a company or deal, in place of the plain one. */
  readonly brief?: RecordPart;
  /** Open tasks and appointments, at the top of what is related. */
  readonly nextSteps?: RecordPart;
  /** Files on the record, and the door for new ones. */
  readonly files?: RecordPart;
  /** When somebody of the team was last in touch, as the value of a property. */
  readonly lastContact?: RecordPart;
  /** Buttons beside "Email" and "Call" under the name: a note, a task. */
  readonly quickActions?: RecordPart;
  /** At the right end of the bar at the top, before the menu: comments, history. */
  readonly topbar?: RecordPart;
  /** At the right of the page while its button in the bar is pressed (`side-panel.ts`): history. */
  readonly side?: RecordPart;
  /** Beside the name of a field: its comments. */
  readonly field?: Component<FieldPartProps>;
  /** Under an entry of the timeline: its comments. */
  readonly entry?: Component<EntryPartProps>;
}

const RecordPartsContext = createContext<RecordParts>({});

export const RecordPartsProvider = RecordPartsContext.Provider;

export function useRecordParts(): RecordParts {
  return useContext(RecordPartsContext);
}
