/**
 * What is about a record: its activities, tasks and appointments, and from these "when did we last talk" and "what comes
 * next". Indexes are filled once, in slices between frames, and then kept change by change, so that neither opening a
 * record nor a list of thousands looks through all activities.
 *
 * Whose activities count:
 * - a contact's are those about the contact;
 * - a company's also those about its people and its deals;
 * - a deal's are those about the deal. For its last contact those with its people count too.
 * What was merged into a record stands for it everywhere: what is about the one is about the other.
 */
import { type Activity, isContactMade } from '../../shared/entities/activity.ts';
import type { Appointment } from '../../shared/entities/appointment.ts';
import type { Comment } from '../../shared/entities/comment.ts';
import type { Contact } from '../../shared/entities/contact.ts';
import type { Deal } from '../../shared/entities/deal.ts';
import type { FileRecord } from '../../shared/entities/file.ts';
import type { EntityName, RecordNamed } from '../../shared/entities/registry.ts';
import type { Task } from '../../shared/entities/task.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { type When, whenInstant } from '../../shared/model/when.ts';
import { AboutIndex, type AboutSpec } from '../../shared/query/about-index.ts';
import { NO_MERGES } from '../../shared/sync/merges.ts';
import { runInSlices } from './slices.ts';
import { createRowSignals, type Tables } from './tables.ts';

/** The newest activity that counts as contact. */
export interface LastContact {
  readonly activityId: string;
  /** Epoch ms. */
  readonly at: number;
}

/** The open task that is due first; else what the deal itself says. */
export type NextStep =
  | { readonly kind: 'task'; readonly taskId: string }
  | { readonly kind: 'text'; readonly text: string; readonly on: string | null };

export interface RecordAbout {
  /** Ids of activities, the newest first. All reads here track: what is in the list, and every change of a record in it. */
  activities(recordId: string): readonly string[];
  /** Ids of tasks, open and done, those due first in front. */
  tasks(recordId: string): readonly string[];
  /** Ids of appointments about it or with it as a guest, the earliest first. */
  appointments(recordId: string): readonly string[];
  /** Ids of files on it, the newest first; of a company also those on its people and deals. */
  files(recordId: string): readonly string[];
  /** Ids of deals it takes part in. */
  deals(recordId: string): readonly string[];
  /** Ids of people who work there now. */
  people(companyId: string): readonly string[];
  /** Ids of people who worked there and do no more. */
  formerPeople(companyId: string): readonly string[];
  /** Ids of people who say how they are related to somebody. */
  relations(contactId: string): readonly string[];
  /** Ids of the comments on a record, its fields and entries, or on an entry of a timeline; the oldest first. */
  comments(recordId: string): readonly string[];
  lastContact(recordId: string): LastContact | null;
  nextStep(recordId: string): NextStep | null;
  /** Fills the indexes beforehand, in slices between frames. */
  prepare(): Promise<void>;
}

/** Where nothing says when: behind all that has a date. */
const NEVER = Number.MAX_SAFE_INTEGER;

export function createRecordAbout(tables: Tables): RecordAbout {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const orderOf = (when: When | null) => (when === null ? NEVER : whenInstant(when, zone));

  const activities = follow(tables, 'activity', {
    subjects: (record: Activity) => record.about,
    order: (record) => -(record.at ?? record.createdAt),
    marks: isContactMade,
  });
  const tasks = follow(tables, 'task', {
    subjects: (record: Task) => record.about,
    order: (record) => orderOf(record.due),
    marks: (record) => record.doneAt === null,
  });
  const appointments = follow(tables, 'appointment', {
    subjects: (record: Appointment) => [...record.about, ...record.guests.map((guest) => guest.contact)],
    order: (record) => orderOf(record.start),
  });
  const files = follow(tables, 'file', {
    // An entry of the timeline shows its own.
    subjects: (record: FileRecord) => (record.activity === null ? record.about : [...record.about, record.activity]),
    order: (record) => -(record.at ?? record.createdAt),
  });
  const deals = follow(tables, 'deal', {
    subjects: (record: Deal) => [
      ...(record.company === null ? [] : [record.company]),
      ...record.contacts.map((person) => person.contact),
    ],
    order: (record) => -record.createdAt,
  });
  const people = follow(tables, 'contact', {
    subjects: (record: Contact) => [
      ...(record.company === null ? [] : [record.company]),
      ...record.positions.filter((position) => !position.ended).map((position) => position.company),
    ],
    order: () => 0,
  });
  const formerPeople = follow(tables, 'contact', {
    subjects: (record: Contact) =>
      record.positions.flatMap(({ company, ended }) => (ended && company !== record.company ? [company] : [])),
    order: () => 0,
  });
  const relations = follow(tables, 'contact', {
    subjects: (record: Contact) => record.relations.map(({ contact }) => contact),
    order: () => 0,
  });

  const comments = follow(tables, 'comment', {
    subjects: (record: Comment) => [...record.on, ...record.entry],
    order: (record) => record.at ?? record.createdAt,
  });

  const isCompany = (id: string) => entityNameOf(id) === 'company';

  /** The record that stands for an id, and everything merged into it. */
  const selvesOf = (id: string): readonly string[] => {
    const merges = tables.merges();
    const survivor = merges.survivorOf(id);
    const merged = merges.mergedFrom(survivor);
    return merged.length === 0 ? [survivor] : [survivor, ...merged];
  };

  /** A company stands for itself, its people and its deals. */
  const circleOf = (id: string): readonly string[] => {
    const selves = selvesOf(id);
    if (!isCompany(id)) return selves;
    const staff = idsOfAll(people, selves);
    // Asked for every row of a table of companies.
    const everybody = tables.merges() === NO_MERGES ? staff : staff.flatMap(selvesOf);
    return [...selves, ...everybody, ...idsOfAll(deals, selves)];
  };

  const talkedToOf = (id: string): readonly string[] => {
    if (entityNameOf(id) !== 'deal') return circleOf(id);
    const deal = tables.table('deal').byIdInTrash(id);
    return [id, ...(deal?.contacts ?? []).flatMap((person) => selvesOf(person.contact))];
  };

  const ofCircle = (list: Followed, id: string) => idsOfAll(list, circleOf(id));
  const ofSelves = (list: Followed, id: string) => idsOfAll(list, selvesOf(id));

  return {
    activities: (id) => ofCircle(activities, id),
    tasks: (id) => ofCircle(tasks, id),
    appointments: (id) => ofCircle(appointments, id),
    files: (id) => ofCircle(files, id),
    deals: (id) => ofSelves(deals, id),
    people: (id) => ofSelves(people, id),
    formerPeople(id) {
      const present = new Set(ofSelves(people, id));
      const former = ofSelves(formerPeople, id);
      return former.some((each) => present.has(each)) ? former.filter((each) => !present.has(each)) : former;
    },
    relations: (id) => ofSelves(relations, id),
    comments: (id) => ofSelves(comments, id),
    lastContact(id) {
      const first = activities.firstMarked(talkedToOf(id));
      return first && { activityId: first.id, at: -first.order };
    },
    nextStep(id) {
      const first = tasks.firstMarked(circleOf(id));
      if (first) return { kind: 'task', taskId: first.id };
      const deal = entityNameOf(id) === 'deal' ? tables.table('deal').byIdInTrash(id) : undefined;
      return deal && deal.nextStep !== '' ? { kind: 'text', text: deal.nextStep, on: deal.nextStepOn } : null;
    },
    async prepare() {
      const all = [tasks, appointments, deals, people, formerPeople, relations, comments, files, activities];
      for (const each of all) await each.prepare();
    },
  };
}

/** The list of one subject as it is, or of several together. */
function idsOfAll(list: Followed, subjects: readonly string[]): readonly string[] {
  const [only] = subjects;
  return only !== undefined && subjects.length === 1 ? list.idsOf(only) : list.mergedIds(subjects);
}

interface Followed {
  idsOf(subject: string): readonly string[];
  /** Of several subjects together, in order, each id once. */
  mergedIds(subjects: readonly string[]): readonly string[];
  firstMarked(subjects: readonly string[]): { readonly id: string; readonly order: number } | null;
  prepare(): Promise<void>;
}

/** Subjects are told after so many records, so that a page fills while a large timeline is read. */
const TELL_EVERY = 500;

function follow<N extends EntityName>(tables: Tables, name: N, spec: AboutSpec<RecordNamed<N>>): Followed {
  const table = tables.table(name);
  const index = new AboutIndex<RecordNamed<N>>(spec);
  const signals = createRowSignals();
  let filling: Promise<void> | null = null;

  table.onChange((change) => {
    if (filling === null) return;
    if (change === 'all') {
      filling = fill();
      return;
    }
    const touched = new Set<string>();
    for (const id of change) {
      put(id, table.peek(id), touched);
      // Whoever shows the list shows the records: they are told of what changes inside of one, too.
      for (const subject of index.subjectsOf(id)) touched.add(subject);
    }
    signals.changed(touched);
  });

  function put(id: string, record: RecordNamed<N> | undefined, touched: Set<string>): void {
    for (const subject of index.put(id, record)) touched.add(subject);
  }

  /** The first slice runs at once, maybe inside of a computation that is about to read: nobody needs to be told of it. */
  function fill(): Promise<void> {
    let touched = new Set<string>();
    let isFirstSlice = true;
    let count = 0;
    const tell = () => {
      signals.changed(touched);
      touched = new Set();
    };
    const done = runInSlices(table.each(), (record) => {
      put(record.id, record, touched);
      count++;
      if (!isFirstSlice && count % TELL_EVERY === 0) tell();
    });
    isFirstSlice = false;
    return done.then(tell);
  }

  function begin(): Promise<void> {
    filling ??= fill();
    return filling;
  }

  function read(subject: string): void {
    signals.track(subject);
    void begin();
  }

  return {
    idsOf(subject) {
      read(subject);
      return index.idsOf(subject);
    },
    mergedIds(subjects) {
      for (const subject of subjects) read(subject);
      const ids = new Set(subjects.flatMap((subject) => index.idsOf(subject)));
      const orderOf = (id: string) => index.orderOf(id) ?? 0;
      return [...ids].sort((left, right) => orderOf(left) - orderOf(right) || (left < right ? -1 : 1));
    },
    firstMarked(subjects) {
      let first: { readonly id: string; readonly order: number } | null = null;
      for (const subject of subjects) {
        read(subject);
        const each = index.firstMarked(subject);
        if (each && (first === null || each.order < first.order)) first = each;
      }
      return first;
    },
    prepare: begin,
  };
}
