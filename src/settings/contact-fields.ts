/** The fields of the form of one contact, what they show of a service, and how each is said on a page that compares versions. */
import type { Field, FieldBuilder } from '../platform/forms/fields.ts';
import {
  areas,
  channelKinds,
  describeUsualHours,
  helpSeekers,
  intervalText,
  nations,
  type Service,
  serviceRoles,
} from '../public/contacts/index.ts';
import { parseService } from '../public/signs/index.ts';
import { longDay } from '../vocabulary/calendar/days.ts';
import { exploitations } from '../vocabulary/exploitation.ts';
import { listOf } from '../vocabulary/languages/english.ts';
import { channelField, channelSlots, dayField, holidayHours, usualHours, weekOrder } from './contact-form.ts';
import type { Content } from './partnership-forms.ts';

type Known = Readonly<Record<string, unknown>>;
const optional = (label: string): string => `${label} (optional)`;
const channelNames: Readonly<Record<(typeof channelKinds)[number], string>> = {
  phone: 'Telephone',
  relay: 'Text relay',
  bsl: 'British Sign Language by video',
  sms: 'Text message',
  web: 'Website or chat',
  post: 'Post',
};

/** What the form shows of a service; empty for a new one. */
export function answersOfService(service: Service | undefined): Known {
  if (!service) return {};
  const { hours } = service;
  const week = typeof hours.usual === 'string' ? {} : hours.usual;
  const spans = (intervals: readonly { from: number; to: number }[] = []) => intervals.map(intervalText).join(', ');
  return {
    ...service,
    independent: service.independentOfPolice ? 'yes' : 'no',
    kinds: service.kinds ?? [],
    readers: Object.keys(service.for),
    notes: service.notes.join('\n'),
    usual: typeof hours.usual === 'string' ? hours.usual : 'by weekday',
    says: hours.says,
    nation: hours.nation ?? '',
    holidays: typeof hours.bankHolidays === 'string' ? hours.bankHolidays : 'own hours',
    holidayHours: typeof hours.bankHolidays === 'string' ? '' : spans(hours.bankHolidays),
    exceptions: hours.exceptions
      .map(({ day, intervals, why }) => `${day}, ${spans(intervals) || 'closed'}, ${why}`)
      .join('\n'),
    sources: service.sources.map(({ title, url }) => `${title} ${url}`).join('\n'),
    ...Object.fromEntries(weekOrder.map((day) => [dayField(day), spans(week[day])])),
    ...Object.fromEntries(
      service.channels.flatMap(({ kind, printed, address, cost, how, leaves }, index) =>
        Object.entries({
          ...{ Kind: kind, Printed: printed, Cost: cost, How: how, Phone: leaves.phone, Bill: leaves.bill },
          Address: kind === 'post' ? null : address,
        }).map(([name, value]) => [channelField(index + 1, name), value]),
      ),
    ),
  };
}

function channelFields(ask: FieldBuilder, known: Known): Field[] {
  return channelSlots.flatMap((slot) => {
    const field = (name: string) => channelField(slot, name);
    const value = (name: string) => ({ value: known[field(name)] });
    return [
      ask.heading(
        field('Heading'),
        `Way to reach it ${slot}`,
        slot === 1 ? undefined : 'Leave empty what you do not need.',
      ),
      ask.choose(
        field('Kind'),
        `Kind of way ${slot}`,
        channelKinds.map((kind) => ({ value: kind, text: channelNames[kind] })),
        value('Kind'),
      ),
      ask.text(field('Printed'), `Number or address, as people read it (way ${slot})`, value('Printed')),
      ask.text(field('Address'), `Web address, if this is a page or a video (way ${slot})`, value('Address')),
      ask.text(field('Cost'), `Cost (way ${slot})`, value('Cost')),
      ask.text(field('How'), `How to use it (way ${slot}, optional)`, value('How')),
      ask.words(field('Phone'), `Trace on the caller’s phone (way ${slot})`, {
        ...value('Phone'),
        rows: 2,
        most: 500,
      }),
      ask.words(field('Bill'), `Trace on the bill or the network (way ${slot})`, {
        ...value('Bill'),
        rows: 2,
        most: 500,
      }),
    ];
  });
}

const hoursFields = (ask: FieldBuilder, known: Known): Field[] => [
  ask.heading('hoursHeading', 'Hours'),
  ask.one(
    'usual',
    'When does it answer?',
    usualHours.map((value) => ({
      value,
      text: { '24 hours': '24 hours a day', 'by weekday': 'By weekday', 'not confirmed': 'Hours not confirmed' }[value],
    })),
    { value: known.usual },
  ),
  ask.words('says', 'Known hours, if they are not confirmed', { value: known.says, rows: 2, most: 300 }),
  ...weekOrder.map((day) =>
    ask.text(dayField(day), day, {
      value: known[dayField(day)],
      ...(day === 'Monday' && { hint: 'Like 09:00-17:00. Leave a day empty if it is closed' }),
    }),
  ),
  ask.choose('nation', 'Whose bank holidays?', nations, { value: known.nation }),
  ask.one(
    'holidays',
    'What holds on bank holidays?',
    holidayHours.map((value) => ({
      value,
      text: { 'as usual': 'Hours as usual', closed: 'Closed', 'not known': 'Not known', 'own hours': 'Other hours' }[
        value
      ],
    })),
    { value: known.holidays },
  ),
  ask.text('holidayHours', 'Other hours on bank holidays', { value: known.holidayHours, hint: 'Like 10:00-14:00' }),
  ask.words('exceptions', optional('Single days with other hours'), {
    value: known.exceptions,
    hint: 'One on each line: the day, the hours or “closed”, and why. For example: 2026-12-24, 09:00-12:00, Christmas Eve',
    rows: 3,
  }),
];

const sourceFields = (ask: FieldBuilder, known: Known): Field[] => [
  ask.heading('checkHeading', 'Your check'),
  ask.words('sources', 'Sources', {
    value: known.sources,
    hint: 'One on each line: its title, then its address. For example: Acas, helpline https://www.acas.org.uk/contact',
    rows: 5,
    most: 4_000,
  }),
  ask.day('dateChecked', 'On which day did you check it?', {
    value: known.dateChecked,
    hint: 'The day of your comparison with the sources. A new day confirms the entry',
  }),
  ask.words('withheld', 'Why the public must not see it (only if you hide it)', {
    value: known.withheld,
    hint: 'If you enter a reason, the public site does not show this service',
    rows: 2,
    most: 500,
  }),
];

export const contactFields = (ask: FieldBuilder, known: Known): readonly Field[] => [
  ask.text('name', 'Name of the service', { value: known.name }),
  ask.choose('role', 'What does the service do?', serviceRoles, { value: known.role }),
  ask.text('runBy', 'Who runs it?', { value: known.runBy }),
  ask.text('sits', 'Where is it?', { value: known.sits, hint: 'For example: the charity’s own service' }),
  ask.yesNo('independent', 'Is it apart from the police?', {
    value: known.independent,
    hint: 'Police neither run nor staff it, and it is not on their premises',
  }),
  ask.choose('area', 'Which area does it serve?', areas, { value: known.area }),
  ask.text('forWhom', 'Who is it for?', { value: known.forWhom }),
  ask.many('kinds', 'For which kinds of exploitation?', exploitations, {
    value: known.kinds,
    hint: 'Select none if it is for every kind',
  }),
  ask.many('readers', 'Which readers are shown it?', helpSeekers, { value: known.readers }),
  ask.words('promise', 'What does it keep confidential, and when does it tell others?', {
    value: known.promise,
    rows: 4,
    most: 1_000,
  }),
  ask.words('notes', optional('Advice to callers'), { value: known.notes, hint: 'One on each line', rows: 3 }),
  ask.text('languages', 'Languages', { value: known.languages, hint: 'Write “Not confirmed” if you do not know' }),
  ...hoursFields(ask, known),
  ...channelFields(ask, known),
  ...sourceFields(ask, known),
];

/** Each part is a sentence of its own, so that a reader can tell the parts apart. */
const asSentences = (parts: readonly (string | null)[]): string =>
  parts
    .filter((part): part is string => Boolean(part))
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(' ');

/** One row for each way, with the address of a link beside its words, and one for what it costs and leaves behind. */
const describeChannels = ({ channels }: Service): (readonly [string, string])[] =>
  channels.flatMap(({ kind, printed, address, cost, how, leaves }, index) => [
    [
      `Way to reach it ${index + 1}`,
      `${channelNames[kind]}: ${printed}${kind === 'post' || address === null ? '' : ` (opens ${address})`}`,
    ],
    [`Cost and traces of way ${index + 1}`, asSentences([cost, how, leaves.phone, leaves.bill])],
  ]);

/** In one order, so that the same list is never shown as changed. */
const inOrder = (all: readonly string[], chosen: readonly string[] | null): string =>
  listOf(all.filter((one) => chosen?.includes(one)));

/** Each field of a service: its label and its words. */
export function describeContact(content: Content): readonly (readonly [string, string])[] {
  const service = parseService(content);
  if (!service) return [];
  const { hours } = service;
  return [
    ['Name', service.name],
    ['Role', service.role],
    ['Run by', service.runBy],
    ['Where', service.sits],
    ['Apart from the police', service.independentOfPolice ? 'Yes' : 'No'],
    ['Area', service.area],
    ['For whom', service.forWhom],
    ['Kinds of exploitation', inOrder(exploitations, service.kinds) || 'Every kind'],
    ['Shown to', inOrder(helpSeekers, Object.keys(service.for))],
    ['Confidentiality', service.promise],
    ['Notes', service.notes.join('\n')],
    ['Languages', service.languages],
    ['Hours', describeUsualHours(hours)],
    ['Bank holidays of', hours.nation ?? ''],
    ['Single days', String(answersOfService(service).exceptions)],
    ...describeChannels(service),
    ['Sources', service.sources.map(({ title, url }) => asSentences([title, url])).join('\n')],
    ['Date checked', longDay(service.dateChecked)],
    ['Hidden from the public because', service.withheld ?? ''],
  ];
}
