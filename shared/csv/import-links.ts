/**
 * Links of imported rows: which record a name, an id or an address stands for, and one made for it where nobody has it.
 */
import { contact } from '../entities/contact.ts';
import type { Registry } from '../entities/registry.ts';
import type { AnyField } from '../model/field.ts';
import { entityNameOf, idFromCause } from '../model/id.ts';
import { findOption, isIdOf } from '../model/scalar-fields.ts';
import type { Participant } from '../model/set-fields.ts';
import { squash } from './aliases.ts';
import { contactNameOf, emailsOf, nameParts, splitName, textOf } from './import-identity.ts';
import { type Lookup, nameKey } from './import-lookup.ts';
import type { PlannedRecord, PlanSettings, RowReport } from './import-plan.ts';
import type { ImportIssue, RowValues } from './import-row.ts';
import { linkedTo } from './import-targets.ts';
import type { Answer, ImportFile } from './import-values.ts';

/** The row that says something. */
export type At = { readonly fileId: string; readonly row: number };

/** A record as a row wants it. */
export interface Wanted {
  readonly entity: string;
  readonly id: string;
  readonly values: Record<string, unknown>;
  readonly sourceId: string;
  readonly at: At;
  /** Made because another record names it. */
  readonly linked: boolean;
  /** The row is about it. */
  readonly isMain: boolean;
}

export interface LinkerParts {
  readonly settings: Pick<PlanSettings, 'files' | 'batch' | 'duplicates'>;
  readonly registry: Registry;
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, Answer>>;
  readonly lookup: Lookup;
  /** The plan so far. */
  readonly planned: Map<string, PlannedRecord>;
  readonly rowRecords: ReadonlyMap<string, string>;
  readonly issues: ImportIssue[];
  /** Takes a record into the plan. */
  readonly write: (wanted: Wanted) => void;
}

export interface Linker {
  /** The company of a row's deal or contact; null when the row names none. */
  company(role: string, read: RowValues, at: At, report: RowReport): string | null;
  /** Who takes part in a row's deal, into its values. */
  contacts(file: ImportFile, read: RowValues, values: Record<string, unknown>, sourceId: string, at: At): void;
  /** Owners and every other link by name or id: a parent company, and what an entity of tomorrow brings. */
  others(file: ImportFile, read: RowValues, values: Record<string, unknown>, at: At, report: RowReport): void;
  /** Makes the links that had to wait until all rows are known: a parent may stand below its subsidiary in the file. */
  finish(): void;
}

export function createLinker(parts: LinkerParts): Linker {
  const { settings, registry, answers, lookup, planned, rowRecords, issues, write } = parts;
  const { batch } = settings;
  /** `element` writes one element of a set of links; without it the field is the link. */
  const refersLater: { field: string; target: string; text: string; at: At; element?: (id: string) => string }[] = [];
  const joinHeaders = sharedIdHeaders(settings.files);

  return { company: linkCompany, contacts: linkContacts, others: linkOthers, finish: resolveLater };

  function writeLinked(entity: string, id: string, values: Wanted['values'], at: At, sourceId = ''): void {
    write({ entity, id, values, sourceId, at, linked: true, isMain: false });
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
    writeLinked('company', id, found === null ? { ...values, name } : values, at, source);
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
    splitName(details, read.texts);
    if (people.length === 0) {
      for (const piece of pieces(read.texts.get('deal.contacts'))) {
        const { role, name } = splitRole(piece, roles);
        add(linkContact(name, people.length === 0 ? details : {}, textOf(values.company), at), role);
      }
      if (people.length === 0 && (contactNameOf(details) !== '' || emailsOf(details).length > 0))
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
    const name = contactNameOf(values);
    const found =
      resolveId('contact', text) ??
      lookup.contact({ name, emails: emailsOf(values), company }) ??
      (emailsOf(values).length === 0 ? lookup.byName('contact', name) : null);
    const id = found ?? idFromCause('contact', `${batch}:contact:${nameKey(name)}:${emailsOf(values)[0] ?? company}`);
    const isNewAt = found === null && company !== '';
    writeLinked('contact', id, isNewAt ? { ...values, company } : found === null ? values : details, at);
    return id;
  }

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
    writeLinked('member', id, { name: text }, at);
    return id;
  }

  function resolveId(entity: string, text: string): string | null {
    if (text === '') return null;
    const first = text.split(/[;,]/)[0]?.trim() ?? '';
    return isIdOf(entity, first) && lookup.has(entity, first) ? first : lookup.bySourceId(entity, first);
  }

  function resolveLater(): void {
    for (const { field, target, text, at, element } of refersLater) {
      const id = rowRecords.get(`${at.fileId}/${at.row}`);
      if (id === undefined || (!planned.has(id) && settings.duplicates === 'skip')) continue;
      let found = resolveId(target, text) ?? lookup.byName(target, text);
      if (found === null && target === 'company') {
        found = idFromCause('company', `${batch}:company:${nameKey(text)}`);
        writeLinked('company', found, { name: text }, at);
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

const pieces = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[;\n]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');

function parsedOr(field: AnyField, text: string): unknown {
  const result = field.parse(text);
  return result.ok ? result.value : field.initial;
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
    if (linkedTo(role).length === 0) continue;
    for (const [column, target] of targets.entries()) {
      const header = squash(table.headers[column] ?? '');
      if (/ourceId$/.test(target) && !plain.has(header)) byHeader.set(header, [...(byHeader.get(header) ?? []), id]);
    }
  }
  return new Set([...byHeader.values()].filter((ids) => ids.length > 1).flat());
}
