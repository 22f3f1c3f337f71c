/** The icon of a field: by kind, so that a column, a property and a mapping of an import look the same. */
import Banknote from 'lucide-solid/icons/banknote';
import Building from 'lucide-solid/icons/building-complex';
import Calendar from 'lucide-solid/icons/calendar';
import CalendarHeart from 'lucide-solid/icons/calendar-heart';
import ChevronDown from 'lucide-solid/icons/circle-chevron-down';
import Clock from 'lucide-solid/icons/clock';
import Columns from 'lucide-solid/icons/columns-3';
import Globe from 'lucide-solid/icons/globe';
import Hash from 'lucide-solid/icons/hash';
import Languages from 'lucide-solid/icons/languages';
import Link from 'lucide-solid/icons/link';
import Mail from 'lucide-solid/icons/mail';
import MapPin from 'lucide-solid/icons/map-pin';
import Phone from 'lucide-solid/icons/phone';
import SquareCheck from 'lucide-solid/icons/square-check';
import Tag from 'lucide-solid/icons/tag';
import TextLines from 'lucide-solid/icons/text-align-start';
import TextIcon from 'lucide-solid/icons/type';
import UserRound from 'lucide-solid/icons/user';
import Users from 'lucide-solid/icons/users';
import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { AnyField, FieldKind } from '../../shared/model/field.ts';
import type { Icon } from '../ui/icon.ts';

const KIND_ICONS = {
  text: TextIcon,
  longText: TextLines,
  email: Mail,
  phone: Phone,
  url: Globe,
  number: Hash,
  money: Banknote,
  day: Calendar,
  instant: Clock,
  when: Clock,
  links: Link,
  choice: ChevronDown,
  multiChoice: Languages,
  tags: Tag,
  person: UserRound,
  ref: Link,
  address: MapPin,
  checkbox: SquareCheck,
  emails: Mail,
  phones: Phone,
  addresses: MapPin,
  people: Users,
  positions: Building,
  yearlyDates: CalendarHeart,
  place: Columns,
  stageHistory: Clock,
} satisfies Record<FieldKind, Icon>;

/** The icon for column heads and menus, which take a component. */
export function fieldIcon(field: AnyField): Icon {
  if (field.kind === 'ref' && field.target === 'company') return Building;
  if (field.kind === 'ref' && field.target === 'contact') return UserRound;
  return KIND_ICONS[field.kind];
}

export function FieldIcon(props: { readonly field: AnyField }): JSX.Element {
  return <Dynamic component={fieldIcon(props.field)} class="lucide--sm" />;
}
