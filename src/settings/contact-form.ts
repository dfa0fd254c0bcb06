/** The form of one contact: what it asks, and the service that its answers make, written as the file of contacts writes one. */
import { z } from 'zod';
import { CheckboxList, Day, OptionalText, RequiredText, YesNo } from '../platform/forms/forms.ts';
import {
  areas,
  channelKinds,
  type EmergencyFault,
  helpSeekers,
  nations,
  type ServiceEntry,
  serviceRoles,
  weekdays,
} from '../public/contacts/index.ts';
import { emergencyFault, faultOfService, parseService } from '../public/signs/index.ts';
import { exploitations } from '../vocabulary/exploitation.ts';
import { phoneAddress } from '../vocabulary/phone-numbers.ts';
import { isHonestLink, namesAnotherSite, readWebAddress } from '../vocabulary/web-address.ts';

/** Ways to reach one service that the form has room for. */
export const channelSlots = [1, 2, 3, 4, 5, 6] as const;
export const channelField = (slot: number, name: string): string => `channel${slot}${name}`;
/** Monday first, as people plan. */
export const weekOrder = [...weekdays.slice(1), weekdays[0]] as const;
export const dayField = (day: string): string => `hours${day}`;

export const usualHours = ['24 hours', 'by weekday', 'not confirmed'] as const;
export const holidayHours = ['as usual', 'closed', 'not known', 'own hours'] as const;
/** The place of a service among others where nobody gave it one. */
const lastPlace = 9;

type Issue = (field: string, message: string) => void;
type Typed = Readonly<Record<string, string | null | undefined>>;

const dayHours = Object.fromEntries(weekOrder.map((day) => [dayField(day), OptionalText(100)]));
const channels = Object.fromEntries(
  channelSlots.flatMap((slot) =>
    ['Kind', 'Printed', 'Address', 'Cost', 'How', 'Phone', 'Bill'].map((name) => [
      channelField(slot, name),
      OptionalText(500),
    ]),
  ),
);

const Fields = z.object({
  name: RequiredText('Enter the name of the service', 200).refine(
    (text) => !/[<>]/.test(text),
    'Enter this without < and >',
  ),
  role: z.enum(serviceRoles, 'Select what the service does'),
  runBy: RequiredText('Enter who runs it', 300),
  sits: RequiredText('Enter where it is', 300),
  independent: YesNo('Select yes if the service is apart from the police'),
  area: z.enum(areas, 'Select the area that it serves'),
  forWhom: RequiredText('Enter who it is for', 300),
  kinds: CheckboxList(exploitations),
  readers: CheckboxList(helpSeekers).refine((list) => list.length > 0, 'Select the readers who are shown this service'),
  promise: RequiredText('Enter what it keeps confidential, and when it tells others', 1_000),
  notes: OptionalText(2_000),
  languages: RequiredText('Enter the languages, or “Not confirmed”', 300),
  usual: z.enum(usualHours, 'Select the hours'),
  says: OptionalText(300),
  nation: z.union([z.enum(nations), z.literal('')]).catch(''),
  holidays: z.enum(holidayHours, 'Select what holds on bank holidays'),
  holidayHours: OptionalText(100),
  exceptions: OptionalText(2_000),
  sources: RequiredText('Enter at least one source', 4_000),
  dateChecked: Day('Enter the day of the check'),
  withheld: OptionalText(500),
  ...dayHours,
  ...channels,
});

const linesOf = (text: string | null | undefined): string[] =>
  (text ?? '')
    .split(/\r?\n/)
    .map((one) => one.trim())
    .filter(Boolean);

const hoursMistake = 'Write hours on the 24-hour clock, like 09:00-17:00. Put a comma between two periods';
/** “9:00-17:00, 18.00 to 20.00” as the file writes it; undefined where it is none. */
function readIntervals(text: string): string[] | undefined {
  const spans = text.split(',').map((one) => {
    const [, ...parts] = /^\s*(\d{1,2})[:.]?(\d{2})\s*(?:-|–|to)\s*(\d{1,2})[:.]?(\d{2})\s*$/.exec(one) ?? [];
    const [fromHour, fromMinute, toHour, toMinute] = parts;
    return fromHour && toHour
      ? `${fromHour.padStart(2, '0')}:${fromMinute}-${toHour.padStart(2, '0')}:${toMinute}`
      : '';
  });
  return spans.every((one) => /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(one))
    ? spans
    : undefined;
}

function readWeek(typed: Typed, issue: Issue): Record<string, string[]> {
  const week: Record<string, string[]> = {};
  for (const day of weekOrder) {
    const text = typed[dayField(day)];
    if (!text) continue;
    const intervals = readIntervals(text);
    if (intervals) week[day] = intervals;
    else issue(dayField(day), hoursMistake);
  }
  if (Object.keys(week).length === 0) issue(dayField('Monday'), 'Enter the hours of at least one day');
  return week;
}

/** “2026-12-24, 09:00-12:00, Christmas Eve”, or “2026-12-25, closed, Christmas Day”. */
function readExceptions(text: string | null, issue: Issue): object[] {
  return linesOf(text).flatMap((one) => {
    const [, day, hours = '', why] = /^(\d{4}-\d\d-\d\d)\s*,\s*(.+)\s*,\s*([^,]+)$/.exec(one) ?? [];
    const intervals = hours.trim() === 'closed' ? [] : readIntervals(hours);
    if (day && why && intervals) return [{ day, intervals, why: why.trim() }];
    issue('exceptions', 'Write each day on a line of its own, like: 2026-12-24, 09:00-12:00, Christmas Eve');
    return [];
  });
}

function readHours(typed: z.output<typeof Fields>, issue: Issue): object {
  const { usual, says, nation, holidays } = typed;
  if (usual === 'not confirmed' && !says) issue('says', 'Enter what the service says of its hours, or what you know');
  if (holidays !== 'as usual' && nation === '') issue('nation', 'Select whose bank holidays these are');
  const own = holidays === 'own hours' ? readIntervals(typed.holidayHours ?? '') : undefined;
  if (holidays === 'own hours' && !own) issue('holidayHours', hoursMistake);
  return {
    usual: usual === 'by weekday' ? readWeek(typed as unknown as Typed, issue) : usual,
    says: usual === 'not confirmed' ? says : null,
    nation: nation === '' ? null : nation,
    bankHolidays: holidays === 'own hours' ? (own ?? []) : holidays,
    exceptions: readExceptions(typed.exceptions, issue),
  };
}

function checkLink(slot: number, printed: string, address: string, issue: Issue): void {
  if (!readWebAddress(address))
    issue(
      channelField(slot, 'Address'),
      'Enter the address of the page, which begins with https:// and has no “@” before its site',
    );
  else if (namesAnotherSite(printed, address))
    issue(channelField(slot, 'Printed'), 'This names another site than the web address opens. Make them the same');
}

function readChannel(typed: Typed, slot: number, before: ServiceEntry | undefined, issue: Issue): object | undefined {
  const of = (name: string): string | null => typed[channelField(slot, name)] ?? null;
  const printed = of('Printed');
  if (!printed) return undefined;
  const needs = (name: string, message: string): string => {
    const value = of(name);
    if (!value) issue(channelField(slot, name), message);
    return value ?? '';
  };
  const kind = channelKinds.find((one) => one === of('Kind'));
  if (!kind) issue(channelField(slot, 'Kind'), 'Select how people reach it');
  const isWritten = kind === 'web' || kind === 'post' || (kind === 'bsl' && of('Address') !== null);
  const number = isWritten ? null : (phoneAddress(printed)?.slice('tel:'.length) ?? null);
  if (!isWritten && number === null) issue(channelField(slot, 'Printed'), 'Enter one whole telephone number');
  const address = isWritten ? (kind === 'post' ? printed : of('Address')) : null;
  if (isWritten && kind !== 'post') checkLink(slot, printed, address ?? '', issue);
  const earlier = (before?.channels as readonly { readonly validFrom?: string | null }[] | undefined)?.[slot - 1];
  return {
    ...{ kind, number, address, printed, how: of('How'), validFrom: earlier?.validFrom ?? null },
    cost: needs('Cost', 'Enter what it costs, or “Not confirmed”'),
    leaves: {
      phone: needs('Phone', 'Enter what stays on the phone'),
      bill: needs('Bill', 'Enter what a bill or the network shows'),
    },
  };
}

/** Sources that the entry has already may begin with http://. */
function readSources(text: string, before: ServiceEntry | undefined, issue: Issue): object[] {
  const known = (before?.sources ?? []) as readonly { readonly title: string; readonly url: string }[];
  return linesOf(text).flatMap((one) => {
    const [, title, url] = /^(.+?)[\s,:]+(https?:\/\/\S+)$/.exec(one) ?? [];
    if (!title || !url || !URL.canParse(url))
      issue('sources', 'Write each source on a line of its own: its title, then its address');
    else if (!isHonestLink(title, url) && !known.some((source) => source.title === title && source.url === url))
      issue('sources', 'Each address must begin with https:// and open the site that its title names');
    else return [{ title, url }];
    return [];
  });
}

const placesOf = (readers: readonly string[], before: ServiceEntry | undefined): Record<string, number> => {
  const earlier = (before?.for ?? {}) as Readonly<Record<string, number>>;
  return Object.fromEntries(readers.map((who) => [who, earlier[who] ?? lastPlace]));
};

/** Every page of help shows 999 first. What the form says at the field that would change that. */
const emergencyErrors: Readonly<Record<EmergencyFault, readonly [field: string, message: string]>> = {
  hidden: ['withheld', 'The emergency number is always shown. Leave this empty'],
  identity: ['name', 'Name, role, area and kinds of exploitation of the emergency entry cannot be changed'],
  hours: ['usual', 'The hours of the emergency entry cannot be changed: 999 answers 24 hours a day'],
  ways: [channelField(1, 'Printed'), 'The numbers and addresses of the emergency entry cannot be changed'],
  'second emergency entry': ['role', 'Only 999 can be the emergency service. Select another role'],
};

/** What one form needs to know: the service as it is, its id, and the day. */
export type ContactFormContext = {
  readonly id: string;
  readonly before: ServiceEntry | undefined;
  readonly today: string;
};

export const contactForm = ({ id, before, today }: ContactFormContext) =>
  Fields.transform((typed, context): ServiceEntry => {
    let faults = 0;
    const issue: Issue = (field, message) => {
      faults += 1;
      context.addIssue({ code: 'custom', path: [field], message });
    };
    const { independent, kinds, readers, notes, dateChecked, ...rest } = typed;
    if (dateChecked > today) issue('dateChecked', 'Enter today or an earlier day');
    const reached = channelSlots.flatMap((slot) => readChannel(typed as unknown as Typed, slot, before, issue) ?? []);
    if (reached.length === 0) issue(channelField(1, 'Printed'), 'Enter at least one way to reach it');
    const { name, role, runBy, sits, area, forWhom, promise, languages, withheld } = rest;
    const entry: ServiceEntry = {
      ...{ id, name, role, runBy, sits, area, forWhom, promise, languages, withheld },
      independentOfPolice: independent,
      kinds: kinds.length > 0 ? kinds : null,
      for: placesOf(readers, before),
      notes: linesOf(notes),
      hours: readHours(typed, issue),
      channels: reached,
      sources: readSources(rest.sources, before, issue),
      dateChecked,
      validFrom: before?.validFrom ?? dateChecked,
      validTo: before?.validTo ?? null,
    };
    const left = faults === 0 ? faultOfService(entry) : undefined;
    if (left) issue('', `The public site cannot show this contact. ${left}`);
    const service = faults === 0 ? parseService(entry) : undefined;
    const emergency = service && emergencyFault(service);
    if (emergency) issue(...emergencyErrors[emergency]);
    return entry;
  });
