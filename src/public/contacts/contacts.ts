/** What a service is, through which channels it is reached, and whether what we know of it still holds. Pure. */
import { addDays } from '../../vocabulary/calendar/days.ts';
import type { Exploitation } from '../../vocabulary/exploitation.ts';
import type { Hours } from './hours.ts';

export const helpSeekers = [
  'worried person',
  'professional',
  'it is happening to me',
  'child or worried about a child',
] as const;
export type HelpSeeker = (typeof helpSeekers)[number];

export const areas = ['United Kingdom', 'England and Wales', 'Scotland', 'Northern Ireland', 'Hertfordshire'] as const;
export type Area = (typeof areas)[number];

/** Where the partnership works. */
export const homeArea: Area = 'Hertfordshire';

/** The areas that lie round each: a service serves its own area and all within. */
const enclosingAreas: Readonly<Record<Area, readonly Area[]>> = {
  'United Kingdom': ['United Kingdom'],
  'England and Wales': ['England and Wales', 'United Kingdom'],
  Scotland: ['Scotland', 'United Kingdom'],
  'Northern Ireland': ['Northern Ireland', 'United Kingdom'],
  Hertfordshire: ['Hertfordshire', 'England and Wales', 'United Kingdom'],
};

export const channelKinds = ['phone', 'relay', 'bsl', 'sms', 'web', 'post'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** What using a channel leaves behind: on the phone, and on its bill or the network. */
export type Trace = { readonly phone: string; readonly bill: string };

export type Channel = {
  readonly kind: ChannelKind;
  /** E.164, or the short number; null where the channel is an address. */
  readonly number: string | null;
  readonly address: string | null;
  readonly printed: string;
  readonly cost: string;
  readonly leaves: Trace;
  readonly how: string | null;
  readonly validFrom: string | null;
};

export type Source = { readonly title: string; readonly url: string };

/** Enforcement: a government agency that takes reports and has powers like police. */
export const serviceRoles = ['emergency', 'police', 'enforcement', 'support', 'anonymous reporting'] as const;
export type ServiceRole = (typeof serviceRoles)[number];

export type Service = {
  readonly id: string;
  readonly name: string;
  readonly role: ServiceRole;
  readonly runBy: string;
  readonly sits: string;
  /** Neither run nor staffed by police, nor on their premises. */
  readonly independentOfPolice: boolean;
  readonly area: Area;
  readonly forWhom: string;
  /** The kinds of exploitation that it is for; null for every kind. */
  readonly kinds: readonly Exploitation[] | null;
  /** Its place among the services for these people, 1 first. */
  readonly for: Readonly<Partial<Record<HelpSeeker, number>>>;
  readonly promise: string;
  readonly notes: readonly string[];
  readonly languages: string;
  readonly hours: Hours;
  readonly channels: readonly Channel[];
  readonly sources: readonly Source[];
  readonly dateChecked: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  /** Why this service is not shown, where that is so. */
  readonly withheld: string | null;
};

const maxAgeDays = 90;

/** What was checked before this day is shown with the day and a warning. */
export const staleBefore = (day: string): string => addDays(day, -maxAgeDays);

export const inForce = (entry: { readonly validFrom: string; readonly validTo: string | null }, day: string): boolean =>
  entry.validFrom <= day && (entry.validTo === null || day <= entry.validTo);

export const serves = (service: Service, area: Area): boolean => enclosingAreas[area].includes(service.area);

export const servesKind = ({ kinds }: Pick<Service, 'kinds'>, kind: Exploitation): boolean =>
  kinds === null || kinds.includes(kind);

export const isStale = (entry: { readonly dateChecked: string }, day: string): boolean =>
  entry.dateChecked < staleBefore(day);

/** Whether its hours were checked too long ago to be printed as they are. 999 is always open. */
export const hasStaleHours = (service: Service, day: string): boolean =>
  isStale(service, day) && service.role !== 'emergency';

export const servicesOn = (services: readonly Service[], day: string): readonly Service[] =>
  services.filter((service) => inForce(service, day) && service.withheld === null);

export const withheldOn = (services: readonly Service[], day: string): readonly Service[] =>
  services.filter((service) => inForce(service, day) && service.withheld !== null);

export const channelsOn = (service: Service, day: string): readonly Channel[] =>
  service.channels.filter((channel) => channel.validFrom === null || channel.validFrom <= day);

/** What a link must say to reach it: `tel:`, `sms:` or the address. Post has none. */
export function linkOf(channel: Channel): string | null {
  if (channel.number === null) return channel.kind === 'post' ? null : channel.address;
  return `${channel.kind === 'sms' ? 'sms' : 'tel'}:${channel.number}`;
}
