/**
 * What an import will do, worked out before anything is written: which records are made, completed or left alone and
 * how they are linked, and every row that has a problem. Pure: the same files, settings and records give the same plan,
 * with the same ids, so that running it twice makes nothing twice.
 */
import { contact, contactName } from '../entities/contact.ts';
import { entities, type Registry } from '../entities/registry.ts';
import type { AnyField } from '../model/field.ts';
import { entityNameOf, idFromCause } from '../model/id.ts';
import { findOption, isIdOf } from '../model/scalar-fields.ts';
import type { Participant, Reachable } from '../model/set-fields.ts';
import { squash } from './aliases.ts';
import { createStagePlanner, placeDeals, type StagePlanner } from './import-deals.ts';
import { createLookup, type Existing, type ExistingRecord, type Lookup, nameKey } from './import-lookup.ts';
import { type ColumnFormat, createRowReader, type ImportIssue, type RowValues } from './import-row.ts';
import { LINKED } from './import-targets.ts';
import { type Answers, answersOver, type ImportFile, type ValueQuestion, valueQuestions } from './import-values.ts';
import { createDialler, isNational } from './phone-country.ts';

/** What is done with a row that is there already. */
export type DuplicateMode = 'fill' | 'update' | 'skip';

export interface PlanSettings {
  readonly files: readonly ImportFile[];
  /** Per file, per column. */
  readonly formats: Readonly<Record<string, readonly ColumnFormat[]>>;
  /** Per file: texts for fields whose cell is empty, by target (`contact.lifecycle` → `lead`). */
  readonly defaults: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly answers: Answers;
  /** Names this import; every record it makes carries it. */
  readonly batch: string;
  readonly pipelineId: string;
  /** For amounts that name none. */
  readonly currency: string;
  /** Whose code national phone numbers get: `NL`; '' leaves them as they are. */
  readonly country?: string;
  readonly duplicates: DuplicateMode;
}

export interface PlannedRecord {
  readonly entity: string;
  readonly id: string;
  readonly action: 'create' | 'update';
  readonly values: Record<string, unknown>;
  /** File and row it came from; a linked record's row is the first that named it. */
  readonly fileId: string;
  readonly row: number;
  /** Made because another record names it. */
  readonly linked: boolean;
}

export interface Duplicate {
  readonly entity: string;
  readonly id: string;
  readonly fileId: string;
  readonly row: number;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface ImportPlan {
  readonly batch: string;
  readonly duplicateMode: DuplicateMode;
  readonly stages: readonly { readonly id: string; readonly name: string; readonly pipeline: string }[];
  /** Members first, then companies, contacts, deals: what is linked to comes before what links. */
  readonly records: readonly PlannedRecord[];
  readonly issues: readonly ImportIssue[];
  readonly questions: readonly ValueQuestion[];
  readonly counts: PlanCounts;
  readonly duplicates: readonly Duplicate[];
  /** Numbers that came without a country code, whatever was made of them; each number once. */
  readonly nationalPhones: readonly string[];
  /** `file/row` → id of the record the row became. */
  readonly rowRecords: ReadonlyMap<string, string>;
}

export interface PlanCounts {
  /** Made, by entity, linked ones included. */
  readonly created: Readonly<Record<string, number>>;
  /** Rows that are there already, whatever is done with them. */
  readonly duplicates: number;
  readonly skippedRows: number;
  readonly rows: number;
}

const ORDER = ['member', 'company', 'contact', 'deal'];

export function makePlan(settings: PlanSettings, existing: Existing, registry: Registry = entities): ImportPlan {
  const questions = valueQuestions(settings.files, existing, settings.pipelineId, registry);
  const planner = createPlanner(settings, existing, registry, questions);
  const ordered = [...settings.files]
    .filter(({ role }) => role !== 'none' && role !== 'product')
    .sort((left, right) => ORDER.indexOf(left.role) - ORDER.indexOf(right.role));
  for (const file of ordered) planner.readFile(file);
  return planner.finish();
}

type Planner = { readFile(file: ImportFile): void; finish(): ImportPlan };

function createPlanner(
  settings: PlanSettings,
  existing: Existing,
  registry: Registry,
  questions: readonly ValueQuestion[],
): Planner {
  const { batch } = settings;
  const answers = answersOver(questions, settings.answers);
  const members: ExistingRecord[] = existing.members.map((member) => ({
    ...member,
    entity: 'member',
    sourceId: '',
    emails: member.email ? [member.email] : [],
    domain: '',
    company: '',
  }));
  const lookup: Lookup = createLookup([...existing.records, ...members]);
  const planned = new Map<string, PlannedRecord>();
  const stages: StagePlanner = createStagePlanner(existing, settings.pipelineId, batch, answers.get('stage'));
  const issues: ImportIssue[] = [];
  const duplicates: Duplicate[] = [];
  const rowRecords = new Map<string, string>();
  /** `element` writes one element of a set of links; without it the field is the link. */
  const refersLater: { field: string; target: string; text: string; at: At; element?: (id: string) => string }[] = [];
  const counts = { duplicates: 0, skippedRows: 0, rows: 0 };
  const nationalPhones = new Set<string>();
  const dial = createDialler(settings.country ?? '');
  const joinHeaders = sharedIdHeaders(settings.files);

  return { readFile, finish };

  function readFile(file: ImportFile): void {
    const formats = settings.formats[file.id] ?? [];
    const reader = createRowReader(file, formats, answers, { currency: settings.currency, registry });
    for (const [index, row] of file.table.rows.entries()) {
      const rowNumber = file.table.rowNumbers[index] ?? index + 1;
      const report = (column: number, reason: string, severity: ImportIssue['severity']) =>
        issues.push({
          fileId: file.id,
          row: rowNumber,
          column: column < 0 ? '' : (file.table.headers[column] ?? ''),
          value: column < 0 ? '' : (row[column] ?? ''),
          reason,
          severity,
        });
      const odd = file.table.oddRows.get(rowNumber);
      if (odd) report(-1, odd, 'note');
      counts.rows++;
      planRow(file, rowNumber, reader.read(row, report), (reason, severity) => report(-1, reason, severity));
    }
  }

  function planRow(file: ImportFile, row: number, read: RowValues, report: RowReport): void {
    applyDefaults(file, read);
    addCountryCodes(read);
    const entity = registry[file.role];
    if (!entity) return;
    const at = { fileId: file.id, row };
    const values = read.values.get(file.role) ?? {};
    if (file.role === 'contact') splitName(values, read.texts, 'contact');
    const { id: givenId, sourceId } = idsOf(file.role, read.texts);
    nameFromIds(file.role, values, read.texts, sourceId);
    // Before anything is linked: of a row that is left out, no company and no contact is made either.
    const hasTitle = file.role !== 'deal' || file.targets.some(isTitleTarget);
    const missing = hasTitle ? missingPart(file.role, entity.fields, values) : null;
    if (missing !== null && findKnown(file.role, givenId, sourceId) === null) {
      leaveOut(missing, report);
      return;
    }
    const company = file.role === 'deal' || file.role === 'contact' ? linkCompany(file.role, read, at, report) : null;
    if (company !== null) values.company = company;
    linkOthers(file, read, values, at, report);
    if (file.role === 'deal') {
      linkContacts(file, read, values, sourceId, at);
      if (!hasTitle) values.title = fallbackTitle(values, lookup);
    }
    const found = findMain(file.role, values, givenId, sourceId);
    if (found === null && missingPart(file.role, entity.fields, values) !== null) {
      leaveOut('Title is missing, and nothing else in the row names the deal.', report);
      return;
    }
    const id = found ?? (givenId !== '' ? givenId : idFromCause(file.role, `${batch}:${file.id}:${row}`));
    if (file.role === 'deal') {
      const saysClosing = file.targets.some((target) => CLOSING.has(target));
      stages.stageFor({ id, read, values, isNew: found === null, saysClosing }, report);
    }
    rowRecords.set(`${file.id}/${row}`, id);
    write({ entity: file.role, id, values, sourceId, at, linked: false, isMain: true });
  }

  function applyDefaults(file: ImportFile, read: RowValues): void {
    for (const [key, text] of Object.entries(settings.defaults[file.id] ?? {})) {
      const [entity = '', name = ''] = key.split('.');
      const field = registry[entity]?.fields[name];
      if (!field || text === '') continue;
      if (field.kind === 'person' || field.kind === 'ref') {
        if (!read.texts.has(key) && !read.texts.has(`${key}.id`)) read.texts.set(`${key}.id`, text);
      } else if (read.values.get(entity)?.[name] === undefined) {
        const result = field.parse(text, { currency: settings.currency });
        if (result.ok) read.values.set(entity, { ...read.values.get(entity), [name]: result.value });
      }
    }
  }

  function addCountryCodes(read: RowValues): void {
    for (const [name, values] of read.values)
      for (const [key, field] of Object.entries(registry[name]?.fields ?? {})) {
        if (field.kind !== 'phones' || values[key] === undefined) continue;
        const numbers = values[key] as readonly Reachable[];
        for (const { value } of numbers) if (isNational(value)) nationalPhones.add(value);
        const dialled = field.parse(numbers.map((each) => ({ ...each, value: dial(each.value) })));
        if (dialled.ok) values[key] = dialled.value;
      }
  }

  function leaveOut(reason: string, report: RowReport): void {
    counts.skippedRows++;
    report(reason, 'skipped');
  }

  function findKnown(role: string, givenId: string, sourceId: string): string | null {
    return givenId !== '' && lookup.has(role, givenId) ? givenId : lookup.bySourceId(role, sourceId);
  }

  /** The record a row is about, when it is there already or an earlier row has made it. */
  function findMain(role: string, values: Record<string, unknown>, givenId: string, sourceId: string): string | null {
    const known = findKnown(role, givenId, sourceId);
    if (known !== null || role === 'deal') return known;
    if (role === 'contact')
      return lookup.contact({
        name: contactName(withContactTexts(values)),
        emails: emailsOf(values),
        company: textOf(values.company),
      });
    if (role === 'company') {
      const byName = lookup.byName('company', textOf(values.name));
      // Two names at one domain in one file are two companies; against what is here the domain decides.
      const byDomain = values.domain ? lookup.byDomain(textOf(values.domain)) : null;
      return byName ?? (byDomain !== null && !planned.has(byDomain) ? byDomain : null);
    }
    return lookup.byName(role, textOf(values.name));
  }

  function linkCompany(role: string, read: RowValues, at: At, report: RowReport): string | null {
    const values = read.values.get('company') ?? {};
    const byId = resolveId('company', read.texts.get(`${role}.company.id`) ?? '');
    if (byId !== null) return byId;
    const text = read.texts.get(`${role}.company`) ?? '';
    const answer = answers.get('company')?.get(text);
    const name = answer?.startsWith('=') ? answer.slice(1) : text;
    const source = read.texts.get('company.sourceId') ?? '';
    const found =
      resolveId('company', source) ??
      resolveId('company', name) ??
      (name === '' ? null : lookup.byName('company', name)) ??
      (values.domain && name === '' ? lookup.byDomain(textOf(values.domain)) : null);
    if (found === null && name === '') {
      if (read.texts.has(`${role}.company.id`))
        report(
          `No company with the ID ${read.texts.get(`${role}.company.id`)} is here. Import the companies first.`,
          'empty',
        );
      return null;
    }
    const id = found ?? idFromCause('company', `${batch}:company:${nameKey(name)}`);
    write({
      entity: 'company',
      id,
      values: found === null ? { ...values, name } : values,
      sourceId: source,
      at,
      linked: true,
      isMain: false,
    });
    return id;
  }

  function linkContacts(
    file: ImportFile,
    read: RowValues,
    values: Record<string, unknown>,
    sourceId: string,
    at: At,
  ): void {
    const people: Participant[] = [];
    const roles = registry.deal?.fields.contacts?.options ?? {};
    const add = (id: string, role: string) => {
      if (!people.some((each) => each.contact === id)) people.push({ contact: id, role });
    };
    for (const piece of pieces(read.texts.get('deal.contacts.id'))) {
      const { role, name } = splitRole(piece, roles);
      const id = resolveId('contact', name);
      if (id !== null) add(id, role);
    }
    const details = { ...read.values.get('contact') };
    splitName(details, read.texts, 'contact');
    if (people.length === 0) {
      for (const piece of pieces(read.texts.get('deal.contacts'))) {
        const { role, name } = splitRole(piece, roles);
        add(linkContact(name, people.length === 0 ? details : {}, textOf(values.company), at), role);
      }
      if (people.length === 0 && (contactName(withContactTexts(details)) !== '' || emailsOf(details).length > 0))
        add(linkContact('', details, textOf(values.company), at), '');
    }
    // A lead and the deal it became share their id column (`mql_id`).
    const lead = joinHeaders.has(file.id) ? lookup.bySourceId('contact', sourceId) : null;
    if (lead !== null) add(lead, '');
    if (people.length > 0) values.contacts = people;
  }

  function linkContact(text: string, details: Record<string, unknown>, company: string, at: At): string {
    const values: Record<string, unknown> = { ...details };
    if (text.includes('@') && !text.includes(' '))
      values.emails = contact.fields.emails.parse(text).ok ? parsedOr(contact.fields.emails, text) : [];
    else if (text !== '' && !values.firstName && !values.lastName) Object.assign(values, nameParts(text));
    const name = contactName(withContactTexts(values));
    const found =
      resolveId('contact', text) ??
      lookup.contact({ name, emails: emailsOf(values), company }) ??
      (emailsOf(values).length === 0 ? lookup.byName('contact', name) : null);
    const id = found ?? idFromCause('contact', `${batch}:contact:${nameKey(name)}:${emailsOf(values)[0] ?? company}`);
    write({
      entity: 'contact',
      id,
      values: found === null && company !== '' ? { ...values, company } : found === null ? values : details,
      sourceId: '',
      at,
      linked: true,
      isMain: false,
    });
    return id;
  }

  /** Owners and every other link by name or id: a parent company, and what an entity of tomorrow brings. */
  function linkOthers(
    file: ImportFile,
    read: RowValues,
    values: Record<string, unknown>,
    at: At,
    report: RowReport,
  ): void {
    for (const [name, field] of Object.entries(registry[file.role]?.fields ?? {})) {
      const key = `${file.role}.${name}`;
      const target = field.target ?? '';
      if (field.kind === 'people' || field.kind === 'positions')
        linkSet({ name, field, key }, read, values, at, report);
      if (field.kind !== 'person' && field.kind !== 'ref') continue;
      if (target === 'company' && name === 'company') continue;
      const byId = resolveId(target, read.texts.get(`${key}.id`) ?? '');
      const text = read.texts.get(key) ?? '';
      if (byId !== null) values[name] = byId;
      else if (field.kind === 'person' && text !== '') {
        const owner = ownerFor(text, at);
        if (owner !== null) values[name] = owner;
      } else if (text !== '') {
        refersLater.push({ field: name, target, text, at });
      } else if (read.texts.has(`${key}.id`))
        report(`${field.label}: no record with this ID is here. The field stays empty.`, 'empty');
    }
  }

  /** Sets of links: our own canonical texts as they are, names of others when all rows are known. */
  function linkSet(
    { name, field, key }: { name: string; field: AnyField; key: string },
    read: RowValues,
    values: Record<string, unknown>,
    at: At,
    report: RowReport,
  ): void {
    // Who takes part in a deal was linked with the row.
    if (key === 'deal.contacts') return;
    const ids = read.texts.get(`${key}.id`);
    if (ids !== undefined) {
      const result = field.parse(ids);
      if (result.ok) values[name] = result.value;
      else report(result.issue.message, 'empty');
    } else
      for (const piece of pieces(read.texts.get(key))) {
        const [, words = '', text = piece] = /^([^:]+):\s*(.+)$/s.exec(piece) ?? [];
        const element = (id: string) => `${words}: ${id}`;
        refersLater.push({ field: name, target: field.target ?? '', text, at, element });
      }
  }

  function ownerFor(text: string, at: At): string | null {
    const answer = answers.get('owner')?.get(text) ?? '-';
    const fromFile = lookup.byName('member', text);
    if (answer.startsWith('=')) return answer.slice(1);
    if (fromFile !== null) return fromFile;
    if (answer === '-') return null;
    const id = idFromCause('member', `${batch}:member:${nameKey(text)}`);
    write({ entity: 'member', id, values: { name: text }, sourceId: '', at, linked: true, isMain: false });
    return id;
  }

  function resolveId(entity: string, text: string): string | null {
    if (text === '') return null;
    const first = text.split(/[;,]/)[0]?.trim() ?? '';
    return isIdOf(entity, first) && lookup.has(entity, first) ? first : lookup.bySourceId(entity, first);
  }

  /** Takes a record into the plan: made, completed, or noted as there already. Later rows complete earlier ones. */
  function write({ entity, id, values, sourceId, at, linked, isMain }: Wanted): void {
    const before = planned.get(id);
    if (before) {
      for (const [name, value] of Object.entries(values))
        if (isMain && before.fileId !== at.fileId ? true : isUnset(before.values[name])) before.values[name] = value;
      if (
        isMain &&
        before.action === 'create' &&
        before.fileId === at.fileId &&
        before.row !== at.row &&
        !before.linked
      )
        counts.duplicates++;
      return;
    }
    const known = lookup.has(entity, id);
    if (known && isMain) {
      counts.duplicates++;
      duplicates.push({ entity, id, ...at, values });
      if (settings.duplicates === 'skip') return;
    }
    if (known && Object.keys(values).length === 0) return;
    if (known && !isMain && settings.duplicates === 'skip') return;
    const meta = { ...(known ? {} : { batch }), ...(sourceId === '' ? {} : { sourceId }) };
    planned.set(id, { entity, id, action: known ? 'update' : 'create', values: { ...values, ...meta }, ...at, linked });
    if (known) return;
    const name = entity === 'contact' ? contactName(withContactTexts(values)) : textOf(values.name ?? values.title);
    lookup.add({
      id,
      entity,
      name,
      sourceId,
      emails: emailsOf(values),
      domain: textOf(values.domain),
      company: textOf(values.company),
    });
  }

  function finish(): ImportPlan {
    resolveLater();
    placeDeals(planned.values(), stages);
    const records = [...planned.values()].sort((left, right) => orderOf(left.entity) - orderOf(right.entity));
    const created: Record<string, number> = {};
    for (const { entity, action } of records) if (action === 'create') created[entity] = (created[entity] ?? 0) + 1;
    return {
      batch,
      duplicateMode: settings.duplicates,
      stages: stages.newStages(),
      records,
      issues: issues.sort((left, right) => left.row - right.row),
      questions,
      counts: { created, ...counts },
      duplicates,
      nationalPhones: [...nationalPhones],
      rowRecords,
    };
  }

  /** A parent may stand below its subsidiary in the file: links within an entity are made when all rows are known. */
  function resolveLater(): void {
    for (const { field, target, text, at, element } of refersLater) {
      const id = rowRecords.get(`${at.fileId}/${at.row}`);
      if (id === undefined || (!planned.has(id) && settings.duplicates === 'skip')) continue;
      let found = resolveId(target, text) ?? lookup.byName(target, text);
      if (found === null && target === 'company') {
        found = idFromCause('company', `${batch}:company:${nameKey(text)}`);
        write({ entity: 'company', id: found, values: { name: text }, sourceId: '', at, linked: true, isMain: false });
      }
      if (found !== null && found !== id)
        setLater(id, field, element ? withElement(id, field, element(found)) : found, at);
      else if (found === null)
        issues.push({
          ...at,
          column: '',
          value: text,
          reason: `No ${target} called ${text} is here. The field stays empty.`,
          severity: 'empty',
        });
    }
  }

  /** The set that is planned for a record so far, with one more. */
  function withElement(id: string, name: string, element: string): unknown {
    const field = registry[entityNameOf(id)]?.fields[name];
    const before = planned.get(id)?.values[name];
    const result = field?.parse([...(Array.isArray(before) ? before : []), element]);
    return result?.ok ? result.value : before;
  }

  function setLater(id: string, field: string, value: unknown, at: At): void {
    const record = planned.get(id);
    if (record) record.values[field] = value;
    else
      planned.set(id, {
        entity: entityNameOf(id),
        id,
        action: 'update',
        values: { [field]: value },
        ...at,
        linked: false,
      });
  }
}

type At = { readonly fileId: string; readonly row: number };
export type RowReport = (reason: string, severity: ImportIssue['severity']) => void;

interface Wanted {
  readonly entity: string;
  readonly id: string;
  readonly values: Record<string, unknown>;
  readonly sourceId: string;
  readonly at: At;
  readonly linked: boolean;
  readonly isMain: boolean;
}

const CLOSING: ReadonlySet<string> = new Set(['deal.closedOn', 'deal.wonOn', 'deal.lostOn']);
const orderOf = (entity: string): number => (ORDER.includes(entity) ? ORDER.indexOf(entity) : ORDER.length);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const isTitleTarget = (target: string) => target === 'deal.title' || target === 'deal.titleAndSourceId';
const pieces = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[;\n]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function emailsOf(values: Readonly<Record<string, unknown>>): string[] {
  return ((values.emails as readonly Reachable[] | undefined) ?? []).map(({ value }) => value);
}

function parsedOr(field: AnyField, text: string): unknown {
  const result = field.parse(text);
  return result.ok ? result.value : field.initial;
}

function withContactTexts(values: Readonly<Record<string, unknown>>): Parameters<typeof contactName>[0] {
  return {
    prefix: textOf(values.prefix),
    firstName: textOf(values.firstName),
    middleName: textOf(values.middleName),
    lastName: textOf(values.lastName),
    suffix: textOf(values.suffix),
    emails: (values.emails as readonly Reachable[] | undefined) ?? [],
  };
}

/** `Halvorsen, Marta` and `Marta Halvorsen`; particles stay with the last name (`Piet van der Berg`). */
export function nameParts(full: string): { firstName: string; lastName: string } {
  const plain = full.replace(/\s+/g, ' ').trim();
  const turned = /^([^,]+),\s*([^,]+)$/.exec(plain);
  if (turned?.[1] && turned[2]) return { firstName: turned[2], lastName: turned[1] };
  const words = plain.split(' ');
  if (words.length === 1) return { firstName: plain, lastName: '' };
  const particle = words.findIndex(
    (word, index) => index > 0 && /^(van|von|de|da|di|del|der|den|dos|la|le|el|bin|ten|ter|zu|zur|af|av)$/i.test(word),
  );
  const from = particle > 0 ? particle : words.length - 1;
  return { firstName: words.slice(0, from).join(' '), lastName: words.slice(from).join(' ') };
}

function splitName(values: Record<string, unknown>, texts: ReadonlyMap<string, string>, entity: string): void {
  const full = texts.get(`${entity}.fullName`);
  if (full !== undefined && !values.firstName && !values.lastName) Object.assign(values, nameParts(full));
}

/** Our own id where the text is one; else the id in the program the file came from. */
function idsOf(role: string, texts: ReadonlyMap<string, string>): { id: string; sourceId: string } {
  const given = texts.get(`${role}.id`) ?? '';
  const source =
    texts.get(`${role}.sourceId`) ??
    texts.get(`${role}.titleAndSourceId`) ??
    texts.get(`${role}.nameAndSourceId`) ??
    '';
  if (isIdOf(role, given)) return { id: given, sourceId: source };
  return { id: '', sourceId: source !== '' ? source : given };
}

function nameFromIds(
  role: string,
  values: Record<string, unknown>,
  texts: ReadonlyMap<string, string>,
  sourceId: string,
): void {
  if (role === 'deal' && !values.title && texts.has('deal.titleAndSourceId'))
    values.title = texts.get('deal.titleAndSourceId');
  if (role === 'contact' && contactName(withContactTexts(values)) === '' && texts.has('contact.nameAndSourceId'))
    values.lastName = sourceId;
}

function missingPart(
  role: string,
  fields: Readonly<Record<string, AnyField>>,
  values: Readonly<Record<string, unknown>>,
): string | null {
  return missingField(fields, values) ?? (role === 'contact' ? missingName(values) : null);
}

function missingField(
  fields: Readonly<Record<string, AnyField>>,
  values: Readonly<Record<string, unknown>>,
): string | null {
  for (const [name, field] of Object.entries(fields))
    if (field.required && isUnset(values[name]))
      return `${field.label} is missing, and a record cannot be made without it.`;
  return null;
}

function missingName(values: Readonly<Record<string, unknown>>): string | null {
  return contactName(withContactTexts(values)) === '' && isUnset(values.phones)
    ? 'A contact needs a name, an e-mail address or a phone number.'
    : null;
}

/** For files of deals without a column of titles. */
function fallbackTitle(values: Readonly<Record<string, unknown>>, lookup: Lookup): string {
  return [lookup.nameOf(textOf(values.company)), textOf(values.product)].filter((part) => part !== '').join(', ');
}

function splitRole(piece: string, roles: Readonly<Record<string, string>>): { role: string; name: string } {
  const match = /^([^:]+):\s*(.+)$/s.exec(piece);
  if (!match?.[1] || !match[2]) return { role: '', name: piece };
  return { role: findOption(roles, match[1]) ?? match[1].trim(), name: match[2].trim() };
}

/**
 * Files whose id column has the same, telling name in another file: the ids are of one kind. `ID` and `Record ID` are
 * in every export and join nothing.
 */
function sharedIdHeaders(files: readonly ImportFile[]): ReadonlySet<string> {
  const plain = new Set(['id', 'recordid', 'pipedrivesystemid', 'sourceid', 'externalid']);
  const byHeader = new Map<string, string[]>();
  for (const { id, table, targets, role } of files) {
    if (LINKED[role].length === 0) continue;
    for (const [column, target] of targets.entries()) {
      const header = squash(table.headers[column] ?? '');
      if (/ourceId$/.test(target) && !plain.has(header)) byHeader.set(header, [...(byHeader.get(header) ?? []), id]);
    }
  }
  return new Set([...byHeader.values()].filter((ids) => ids.length > 1).flat());
}
