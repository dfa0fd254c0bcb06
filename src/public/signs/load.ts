/** Reads the signs, the guidance and the contacts from this folder, once. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type ExtraHoliday, openCalendar } from '../contacts/bank-holidays.ts';
import { type Service, servicesOn } from '../contacts/contacts.ts';
import { type EmergencyFault, faultOfEmergency } from '../contacts/emergency.ts';
import type { Calendar } from '../contacts/hours.ts';
import { readContacts, readGuidance, readPlaces, readSigns, readVisitSigns } from './content-shape.ts';
import { type Guidance, guidanceOn } from './guidance.ts';
import { type Place, placesOn } from './places.ts';
import { parseService } from './service-shape.ts';
import { type Framing, isDisclosed, isRecordable, type Sign, signsOn } from './signs.ts';

const readContentFile = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const signsText = readContentFile('./signs.yaml');
const contactsText = readContentFile('./contacts.yaml');
const guidanceText = readContentFile('./guidance.yaml');
const placesText = readContentFile('./places.yaml');
const { framing: framingTexts, signs } = readSigns(signsText);
const { services, extraHolidays } = readContacts(contactsText);
const guidance = readGuidance(guidanceText);
const places = readPlaces(placesText);

/** Changes with a word of the content: part of the key under which a page is kept. */
export const contentVersion = createHash('sha256')
  .update(signsText)
  .update('\0')
  .update(contactsText)
  .update('\0')
  .update(guidanceText)
  .update('\0')
  .update(placesText)
  .digest('hex')
  .slice(0, 16);

export const framing: readonly Framing[] = framingTexts;
export const listSigns = (day: string): readonly Sign[] => signsOn(signs, day);

let visitSigns: readonly Sign[] | undefined;
/** Recorded at visits alone, and on no public page. Read when first asked for. */
export const listVisitSigns = (day: string): readonly Sign[] => {
  visitSigns ??= readVisitSigns(readContentFile('./visit-signs.yaml'));
  return signsOn(visitSigns, day);
};
/** Everything that a visit can show under its name: the list of the public pages, and that of visits. */
export const listSignsOfVisits = (day: string): readonly Sign[] => [...listSigns(day), ...listVisitSigns(day)];
/** What a visit may record: indicators that an onlooker can see. */
export const listRecordableSigns = (day: string): readonly Sign[] => listSignsOfVisits(day).filter(isRecordable);

/** Of every day: what was recorded under an id stays readable. */
export const disclosedIds: readonly string[] = [...new Set(signs.filter(isDisclosed).map(({ id }) => id))];
export const signTexts = (ids: readonly string[]): string =>
  ids.map((id) => signs.findLast((sign) => sign.id === id)?.text ?? id).join(' ');
export const listGuidance = (day: string): readonly Guidance[] => guidanceOn(guidance, day);
export const listPlaces = (day: string): readonly Place[] => placesOn(places, day);
/** Withheld ones and those of other times too. */
export const allServices: readonly Service[] = services;
/** Where administrators set contacts: the approved versions, by service. */
export type ApprovedContacts = { readonly approved: (kind: 'contacts') => ReadonlyMap<string, unknown> };

/** What a version of a contact would change in the emergency entry; undefined where it may be approved. */
export const emergencyFault = (version: Service): EmergencyFault | undefined =>
  faultOfEmergency(
    version,
    services.findLast(({ id }) => id === version.id),
  );

/** The service of an approved version. Ignores one that cannot be shown, and one that changes the emergency entry. */
export function serviceOfVersion(entry: unknown): Service | undefined {
  const service = parseService(entry);
  return service && emergencyFault(service) === undefined ? service : undefined;
}

const withApproved = new WeakMap<ReadonlyMap<string, unknown>, readonly Service[]>();
/** The services of the file, with approved versions in the place of those that they change, and after them the added ones. */
export function servicesWith(settings: ApprovedContacts | undefined): readonly Service[] {
  const versions = settings?.approved('contacts');
  if (!versions || versions.size === 0) return services;
  const known = withApproved.get(versions);
  if (known) return known;
  const changed = new Map(
    [...versions].flatMap(([id, entry]) => {
      const service = serviceOfVersion(entry);
      return service?.id === id ? [[id, service] as const] : [];
    }),
  );
  const ids = [...new Set(services.map(({ id }) => id))];
  const merged = [
    ...ids.flatMap((id) => changed.get(id) ?? services.filter((service) => service.id === id)),
    ...[...changed.values()].filter(({ id }) => !ids.includes(id)),
  ];
  withApproved.set(versions, merged);
  return merged;
}

export const listServices = (day: string, settings?: ApprovedContacts): readonly Service[] =>
  servicesOn(servicesWith(settings), day);

const present = (texts: readonly (string | null)[]): readonly string[] => [
  ...new Set(texts.filter((text) => text !== null)),
];

/** Every sentence that a reader of the public pages may be shown and a language may translate, by what it is. */
export const publicContentByUse = () => ({
  framing: present(framing.map(({ text }) => text)),
  signs: present(signs.flatMap(({ text, own }) => [text, own])),
  guidance: present(guidance.map(({ text }) => text)),
  places: present(places.flatMap(({ noticed, innocent }) => [...noticed, innocent])),
  ways: present(
    allServices.flatMap(({ channels }) => channels.flatMap(({ how, leaves }) => [leaves.phone, leaves.bill, how])),
  ),
  notes: present(allServices.flatMap(({ notes }) => notes)),
  weighing: present(signs.flatMap(({ why, innocent, caution }) => [why, innocent, caution])),
  names: present(allServices.flatMap(({ name, hours }) => [name, hours.says ?? null])),
  services: present(
    allServices.flatMap(({ promise, runBy, sits, forWhom, languages }) => [promise, runBy, sits, forWhom, languages]),
  ),
});

/** The same, each sentence once. */
export const publicContent = (): readonly string[] => [...new Set(Object.values(publicContentByUse()).flat())];

let calendar: Promise<Calendar> | undefined;
/** Loaded when first asked for: the table of the world's holidays weighs 40 MB. */
export const bankHolidays = (): Promise<Calendar> => {
  calendar ??= openCalendar(extraHolidays);
  return calendar;
};
export const proclaimedHolidays: readonly ExtraHoliday[] = extraHolidays;
