/**
 * What draws the icons of lucide-solid: its data, copied from one drawing per icon. Lucide's own component, in whose place
 * the build puts this one (vite.config.ts), makes each line of each icon a component with its own memos: with a hundred
 * icons a page that was a tenth of the script that opens a contact. It stays for that and for 0.5 kB less of the first load;
 * should lucide move its component, the build leaves lucide's in place, and nothing else changes.
 *
 * Law: the same element as lucide's, for the props that icons are given here.
 */
import { createRenderEffect, type JSX, splitProps } from 'solid-js';
import { spread } from 'solid-js/web';

/** As the modules of lucide-solid have it. */
export interface IconData {
  readonly name: string;
  readonly aliases?: readonly (string | object)[];
  readonly node: readonly (readonly [tag: string, attributes: Readonly<Record<string, string | number>>])[];
}

interface DrawnIconProps extends JSX.SvgSVGAttributes<SVGSVGElement> {
  readonly icon: IconData;
  readonly class?: string;
  readonly size?: string | number;
}

const SVG = 'http://www.w3.org/2000/svg';
const OWN = ['icon', 'class', 'size'] as const;
const NAMED = /^(?:aria-|role$|title$)/;

const drawings = new WeakMap<IconData, SVGSVGElement>();

export function DrawnIcon(props: DrawnIconProps): JSX.Element {
  // An icon stays the icon it is.
  // oxlint-disable-next-line solid/reactivity -- as above.
  const { icon } = props;
  const svg = drawingOf(icon).cloneNode(true) as SVGSVGElement;
  if ('class' in props) createRenderEffect(() => svg.setAttribute('class', classOf(icon, props.class)));
  if ('size' in props) {
    createRenderEffect(() => {
      for (const side of ['width', 'height']) svg.setAttribute(side, `${props.size ?? 24}`);
    });
  }
  const others = Object.keys(props).filter((name) => !OWN.some((own) => own === name));
  if (others.some((name) => NAMED.test(name))) svg.removeAttribute('aria-hidden');
  if (others.length > 0) spread(svg, splitProps(props, OWN)[1], true, true);
  return svg;
}

function drawingOf(icon: IconData): SVGSVGElement {
  let svg = drawings.get(icon);
  if (!svg) {
    svg = draw('svg', {
      xmlns: SVG,
      width: 24,
      height: 24,
      viewBox: '0 0 24 24',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 2,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
      class: classOf(icon, undefined),
      'aria-hidden': 'true',
    }) as SVGSVGElement;
    svg.append(...icon.node.map(([tag, attributes]) => draw(tag, attributes)));
    drawings.set(icon, svg);
  }
  return svg;
}

function draw(tag: string, attributes: Readonly<Record<string, string | number>>): Element {
  const element = document.createElementNS(SVG, tag);
  // `key` is lucide's own note.
  for (const [name, value] of Object.entries(attributes)) if (name !== 'key') element.setAttribute(name, `${value}`);
  return element;
}

function classOf({ name, aliases = [] }: IconData, given: string | undefined): string {
  const names = [name, ...aliases.filter((alias) => typeof alias === 'string')].map((each) => `lucide-${each}`);
  return ['lucide', ...names, 'lucide-icon', given].filter(Boolean).join(' ');
}
