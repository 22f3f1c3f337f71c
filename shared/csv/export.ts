/**
 * Records as CSV that can be changed in a spreadsheet and imported back: a column per field in the canonical text,
 * links by name and by id, an `ID` column so that each row finds its record again. Law: export, then import into the
 * same workspace, changes nothing.
 */
import type { Entity } from '../model/entity.ts';
import type { AnyField } from '../model/field.ts';
import { currencyDigits, isMoney, majorUnits } from '../model/money.ts';
import type { Place } from '../model/place-field.ts';
import type { Position } from '../model/positions-field.ts';
import { optionLabel } from '../model/scalar-fields.ts';
import type { Participant } from '../model/set-fields.ts';
import { csvFile, guardCell } from './csv-text.ts';

/** Names of what records point to; '' when it is not there. */
export interface ExportLookups {
  readonly nameOf: (id: string) => string;
}

interface Column {
  readonly header: string;
  readonly text: (record: Readonly<Record<string, unknown>>) => string;
}

/** The whole file as text, byte order mark included. */
export function exportCsv(
  entity: Entity,
  records: Iterable<Readonly<Record<string, unknown>>>,
  lookups: ExportLookups,
): string {
  const columns = exportColumns(entity, lookups);
  return csvFile(lines());

  function* lines(): Generator<readonly string[]> {
    yield columns.map(({ header }) => guardCell(header));
    for (const record of records) yield columns.map(({ text }) => guardCell(text(record)));
  }
}

function exportColumns(entity: Entity, lookups: ExportLookups): readonly Column[] {
  const columns: Column[] = [{ header: 'ID', text: (record) => String(record.id ?? '') }];
  for (const [name, field] of Object.entries(entity.fields)) {
    if (field.kind === 'place') columns.push(...placeColumns(name, lookups));
    else if (!field.hidden) columns.push(...fieldColumns(name, field, lookups));
  }
  columns.push({ header: 'Source ID', text: (record) => String(record.sourceId ?? '') });
  return columns;
}

function placeColumns(name: string, { nameOf }: ExportLookups): Column[] {
  const part = (index: 0 | 1) => (record: Readonly<Record<string, unknown>>) => nameOf((record[name] as Place)[index]);
  return [
    { header: 'Pipeline', text: part(0) },
    { header: 'Stage', text: part(1) },
  ];
}

function fieldColumns(name: string, field: AnyField, { nameOf }: ExportLookups): Column[] {
  const plain: Column = { header: field.label, text: (record) => field.toText(record[name]) };
  switch (field.kind) {
    case 'money':
      return [
        { header: field.label, text: (record) => amountText(record[name]) },
        { header: `${field.label} currency`, text: (record) => (isMoney(record[name]) ? record[name].currency : '') },
      ];
    case 'ref':
    case 'person':
      return [
        { header: field.label, text: (record) => nameOf(String(record[name] ?? '')) },
        { header: `${field.label} ID`, text: plain.text },
      ];
    case 'people':
      return [
        { header: field.label, text: (record) => peopleText(record[name] as readonly Participant[], field, nameOf) },
        { header: `${field.label} IDs`, text: plain.text },
      ];
    case 'positions':
      return [
        { header: field.label, text: (record) => positionsText(record[name] as readonly Position[], field, nameOf) },
        { header: `${field.label} IDs`, text: plain.text },
      ];
    default:
      return [plain];
  }
}

/** A bare number, so that a spreadsheet can add it up. */
function amountText(value: unknown): string {
  return isMoney(value) ? majorUnits(value).toFixed(currencyDigits(value.currency)) : '';
}

/** The canonical text with names in the places of ids. */
function positionsText(value: readonly Position[], field: AnyField, nameOf: ExportLookups['nameOf']): string {
  const named = (company: string) => nameOf(company).replace(/[;:]/g, ' ');
  return value.map((each) => field.toText([each]).replace(each.company, named(each.company))).join('; ');
}

function peopleText(value: readonly Participant[], field: AnyField, nameOf: ExportLookups['nameOf']): string {
  return value
    .map(({ contact, role }) => {
      const name = nameOf(contact).replace(/[;:]/g, ' ');
      return role === '' ? name : `${optionLabel(field.options ?? {}, role)}: ${name}`;
    })
    .join('; ');
}
