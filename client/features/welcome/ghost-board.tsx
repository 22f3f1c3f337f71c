/** The board to come, in outlines: decoration behind the card. */
import { For, type JSX } from 'solid-js';
import { StageGlyph, type StageHue } from '../../ui/stage-glyph.tsx';

/** Widths in percent of the two lines of each card. */
const COLUMNS: readonly {
  readonly hue: StageHue;
  readonly head: number;
  readonly cards: readonly [number, number][];
}[] = [
  {
    hue: 'slate',
    head: 30,
    cards: [
      [50, 34],
      [67, 57],
    ],
  },
  {
    hue: 'sky',
    head: 46,
    cards: [
      [61, 41],
      [78, 64],
      [55, 51],
    ],
  },
  { hue: 'indigo', head: 40, cards: [[72, 48]] },
  {
    hue: 'plum',
    head: 52,
    cards: [
      [83, 55],
      [60, 42],
    ],
  },
];

export function GhostBoard(): JSX.Element {
  return (
    <div class="ghost" aria-hidden="true">
      <For each={COLUMNS}>
        {(column, index) => (
          <div class="gcol">
            <header>
              <StageGlyph type="open" position={index()} count={COLUMNS.length} hue={column.hue} size={14} />
              <i style={{ width: `${column.head}px` }} />
            </header>
            <For each={column.cards}>
              {(lines) => (
                <div class="gcard">
                  <i style={{ width: `${lines[0]}%` }} />
                  <i style={{ width: `${lines[1]}%` }} />
                  <b />
                </div>
              )}
            </For>
          </div>
        )}
      </For>
    </div>
  );
}
