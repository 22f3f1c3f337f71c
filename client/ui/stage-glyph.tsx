import { type JSX, Match, Switch } from 'solid-js';

/** The eight hues a stage can have; all differ in lightness too. */
export const STAGE_HUES = ['slate', 'sky', 'indigo', 'plum', 'amber', 'rust', 'won', 'lost'] as const;
export type StageHue = (typeof STAGE_HUES)[number];

export interface StageGlyphProps {
  readonly type: 'open' | 'won' | 'lost';
  /** Place among the open ones, from 0, and how many open ones there are: together the phase of the moon. */
  readonly position?: number;
  readonly count?: number;
  readonly hue: StageHue;
  readonly size?: 14 | 16 | 20;
  /** Named only where no word stands beside it. */
  readonly label?: string;
}

/** A stage as a moon phase: dashed ring, filling up, then a tick or a cross. Colour is never alone. */
export function StageGlyph(props: StageGlyphProps): JSX.Element {
  const phase = () => (props.position ?? 0) / Math.max(props.count ?? 1, 1);
  return (
    <svg
      class="glyph"
      style={{ color: `var(--stage-${props.hue})` }}
      width={props.size ?? 16}
      height={props.size ?? 16}
      viewBox="0 0 16 16"
      role={props.label ? 'img' : undefined}
      aria-label={props.label}
      aria-hidden={props.label ? undefined : 'true'}
    >
      <Switch
        fallback={
          <>
            <circle cx="8" cy="8" r="5.8" class="g-ring" stroke-dasharray={phase() === 0 ? '2.2 1.44' : undefined} />
            <path class="g-fill" d={moonPath(phase())} />
          </>
        }
      >
        <Match when={props.type === 'won'}>
          <circle cx="8" cy="8" r="6.5" class="g-fill" />
          <path class="g-cut" d="m5.2 8.3 1.9 1.9 3.8-4.3" />
        </Match>
        <Match when={props.type === 'lost'}>
          <circle cx="8" cy="8" r="6.5" class="g-fill" />
          <path class="g-cut" d="m6 6 4 4M10 6l-4 4" />
        </Match>
      </Switch>
    </svg>
  );
}

/** A filled sector of the given share of a turn, clockwise from twelve; nothing at 0, a disc from 1. */
function moonPath(share: number): string {
  if (share <= 0) return '';
  if (share >= 1) return 'M8 4.4a3.6 3.6 0 1 1 0 7.2a3.6 3.6 0 1 1 0-7.2z';
  const angle = 2 * Math.PI * share;
  const x = 8 + 3.6 * Math.sin(angle);
  const y = 8 - 3.6 * Math.cos(angle);
  return `M8 8V4.4A3.6 3.6 0 ${share > 0.5 ? 1 : 0} 1 ${x.toFixed(2)} ${y.toFixed(2)}z`;
}
