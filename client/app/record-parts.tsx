/** What features put on each other's record pages: every part is loaded when the first page that has it is opened. */
import type { RecordParts } from '../fields/record-parts.ts';

export const RECORD_PARTS: RecordParts = {};
