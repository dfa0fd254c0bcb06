/** Who can help in this situation at this minute, in which order and why. Pure: words are in `in-words.ts`. */
import type { Exploitation } from '../../vocabulary/exploitation.ts';
import {
  type Area,
  type HelpSeeker,
  homeArea,
  inForce,
  type Service,
  serves,
  servesKind,
  staleBefore,
} from './contacts.ts';
import { type Calendar, type HoursState, hoursAt } from './hours.ts';
import { dayOfWall, dayText, minuteOf, wallAt } from './wall-clock.ts';

/** No field for cooperation, status, sex or country: help cannot depend on what is never asked. */
export type Situation = {
  readonly danger: boolean;
  readonly who: HelpSeeker;
  readonly at: Date;
  readonly area?: Area;
  /** Only where the reader named one. */
  readonly kind?: Exploitation | undefined;
};

export const reasons = [
  'emergency',
  'open now',
  'closed now',
  'hours not confirmed',
  'outside the police',
  'with the police',
  'police',
  'never known',
  'once danger is over',
] as const;
export type Reason = (typeof reasons)[number];

export type Route = {
  readonly service: Service;
  readonly hours: HoursState;
  readonly reasons: readonly Reason[];
  /** What we know of it was checked long ago: the page says when. */
  readonly stale: boolean;
};

export type RoutedContacts = {
  readonly routes: readonly Route[];
  /** Whether a service outside the police is open now, as was confirmed in the last 90 days; where none is, which opens next, if any says so. */
  readonly outsidePolice: 'open' | 'none open';
  readonly nextOutsidePolice: { readonly service: Service; readonly opens: Date } | null;
};

const opennessRank: Readonly<Record<HoursState['state'], number>> = { open: 0, closed: 1, 'not confirmed': 2 };
const hoursReasons: Readonly<Record<HoursState['state'], Reason>> = {
  open: 'open now',
  closed: 'closed now',
  'not confirmed': 'hours not confirmed',
};

/** Police who are not for emergencies, and agencies with such powers, wait behind the others where someone is in danger, is exploited or is a child. */
function policeRank(service: Service, situation: Situation): number {
  const mustWait = situation.danger || situation.who.startsWith('child') || situation.who === 'it is happening to me';
  return mustWait && (service.role === 'police' || service.role === 'enforcement') ? 1 : 0;
}

/** For people who ask about themselves, support before services that only take reports. */
const supportRank = (service: Service, situation: Situation): number =>
  situation.who === 'it is happening to me' && service.role !== 'support' ? 1 : 0;

/** For a child, every service that supports stands before those that only take reports, whatever the hours. */
const childSupportRank = (service: Service, situation: Situation): number =>
  situation.who.startsWith('child') && service.role !== 'support' ? 1 : 0;

/** The kind asked about. Questions about a child are about child exploitation. */
const kindOf = ({ who, kind }: Situation): Exploitation | undefined =>
  kind ?? (who === 'child or worried about a child' ? 'child exploitation' : undefined);

/** Readers who name no kind see the services for every kind first, then those for one. */
const kindRank = (service: Service, situation: Situation): number =>
  service.kinds === null || kindOf(situation) !== undefined ? 0 : 1;

/** What was checked long ago stands below what was confirmed since. Police never move up for it: they stay with the old ones. */
const staleRank = ({ service, stale }: Route): number =>
  stale || service.role === 'police' || service.role === 'enforcement' ? 1 : 0;

const sortKeyOf = (route: Route, situation: Situation): readonly number[] => [
  route.service.role === 'emergency' ? 0 : 1,
  kindRank(route.service, situation),
  childSupportRank(route.service, situation),
  opennessRank[route.hours.state],
  policeRank(route.service, situation),
  supportRank(route.service, situation),
  staleRank(route),
  route.service.for[situation.who] ?? Number.MAX_SAFE_INTEGER,
];

function compare(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, index) => value !== b[index]);
  return place < 0 ? 0 : (a[place] ?? 0) - (b[place] ?? 0);
}

function reasonsFor(service: Service, hours: HoursState, danger: boolean, stale: boolean): readonly Reason[] {
  if (service.role === 'emergency') return ['emergency', hoursReasons[hours.state], 'police'];
  const side: Reason =
    service.role === 'police' ? 'police' : service.independentOfPolice ? 'outside the police' : 'with the police';
  return [
    stale ? 'hours not confirmed' : hoursReasons[hours.state],
    side,
    ...(service.role === 'anonymous reporting' ? (['never known'] as const) : []),
    ...(danger && service.role === 'police' ? (['once danger is over'] as const) : []),
  ];
}

export function routeContacts(situation: Situation, services: readonly Service[], holidays: Calendar): RoutedContacts {
  const { danger, who, at, area = homeArea } = situation;
  const day = dayText(dayOfWall(wallAt(minuteOf(at))));
  const kind = kindOf(situation);
  const fresh = staleBefore(day);

  const routes = services
    .filter((service) => service.withheld === null && inForce(service, day))
    .filter((service) => serves(service, area) && (service.role === 'emergency' || service.for[who] !== undefined))
    .filter((service) => kind === undefined || servesKind(service, kind))
    .map((service): Route => {
      const hours = hoursAt(service.hours, at, holidays);
      const stale = service.dateChecked < fresh;
      return { service, hours, reasons: reasonsFor(service, hours, danger, stale), stale };
    })
    .map((route) => ({ route, key: sortKeyOf(route, situation) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ route }) => route);

  const outside = routes.filter(({ service }) => service.role !== 'emergency' && service.independentOfPolice);
  // What was checked long ago vouches for nothing.
  const sure = outside.filter(({ stale }) => !stale);
  const open = sure.some(({ hours }) => hours.state === 'open');
  const [next] = sure
    .flatMap(({ service, hours }) => (hours.state !== 'open' && hours.opens ? [{ service, opens: hours.opens }] : []))
    .sort((a, b) => a.opens.getTime() - b.opens.getTime());
  return { routes, outsidePolice: open ? 'open' : 'none open', nextOutsidePolice: open ? null : (next ?? null) };
}
