/** The workspace's own settings: one record, id `WORKSPACE_ID`. */
import { defineEntity } from '../model/entity.ts';
import { required } from '../model/field.ts';
import type { Id } from '../model/id.ts';
import { choice, money, text } from '../model/scalar-fields.ts';

export const WORKSPACE_ID: Id<'workspace'> = 'workspace_settings';

/** Currencies offered in menus, most used first; any ISO 4217 code is accepted in an amount. */
export const CURRENCIES = {
  EUR: 'Euro',
  USD: 'US dollar',
  GBP: 'Pound sterling',
  CHF: 'Swiss franc',
  NOK: 'Norwegian krone',
  SEK: 'Swedish krona',
  DKK: 'Danish krone',
  PLN: 'Polish złoty',
  CZK: 'Czech koruna',
  HUF: 'Hungarian forint',
  RON: 'Romanian leu',
  TRY: 'Turkish lira',
  CAD: 'Canadian dollar',
  AUD: 'Australian dollar',
  NZD: 'New Zealand dollar',
  JPY: 'Japanese yen',
  CNY: 'Chinese yuan',
  INR: 'Indian rupee',
  BRL: 'Brazilian real',
  MXN: 'Mexican peso',
  ZAR: 'South African rand',
} as const;

export const workspace = defineEntity('workspace', {
  label: 'Workspace',
  plural: 'Workspaces',
  room: 'workspace',
  fields: {
    name: required(text('Name')),
    /** Sums of mixed currencies are shown in this one. */
    currency: choice('Currency', CURRENCIES),
    /** What the team wants to win in a month. */
    monthlyGoal: money('Monthly goal'),
  },
  title: (record) => record.name,
});
