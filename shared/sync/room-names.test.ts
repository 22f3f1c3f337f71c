import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatRoomName, loadOrder, parseRoomName, type RoomName, standardRooms } from './room-names.ts';

const names: fc.Arbitrary<RoomName> = fc
  .record({
    space: fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/),
    kind: fc.constantFrom('workspace', 'pipeline', 'work', 'directory', 'timeline' as const),
    year: fc.integer({ min: 1000, max: 2999 }),
    generation: fc.integer({ min: 1, max: 999_999 }),
  })
  .map((name) => ({ ...name, year: name.kind === 'timeline' ? name.year : null }));

test('a room name reads back as it was written [S1.1]', () => {
  fc.assert(
    fc.property(names, (name) => {
      expect(parseRoomName(formatRoomName(name))).toEqual(name);
    }),
  );
});

test.each([
  '',
  'team',
  'team.pipeline',
  'team.pipeline.0',
  'team.pipeline.01',
  'team.pipeline.1.',
  'team.pipeline.-1',
  'team.pipeline.1e3',
  'team.pipeline.1 ',
  'team.pipeline.1\n',
  'Team.pipeline.1',
  'team.Pipeline.1',
  'team.timeline.1',
  'team.timeline-26.1',
  'team.timeline-0999.1',
  '.pipeline.1',
  '../team.pipeline.1',
  'team..pipeline.1',
  'team.pipeline.1/../x',
  'team%2epipeline.1',
  'team.__proto__.1',
  'constructor',
  `${'a'.repeat(41)}.pipeline.1`,
])('%j is no room name [S1.1]', (text) => {
  expect(parseRoomName(text)).toBeNull();
});

test('whatever text is given, the answer is null or spells the same again [S1.1]', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const name = parseRoomName(text);
      if (name !== null) expect(formatRoomName(name)).toBe(text);
    }),
  );
});

test('the board’s rooms load before the address book, and newer timelines before older ones', () => {
  const sorted = [...standardRooms(2026)].sort((left, right) => loadOrder(left) - loadOrder(right));
  expect(sorted.map(formatRoomName)).toEqual([
    'team.workspace.1',
    'team.pipeline.1',
    'team.work.1',
    'team.directory.1',
    'team.timeline-2026.1',
    'team.timeline-2025.1',
  ]);
});
