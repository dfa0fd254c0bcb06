/** What is to be printed: a poster, wallet cards, a leaflet with the ten signs, a sheet for professionals. */

import type { SiteLook } from '../../platform/look/site-look.ts';
import type { Partnership } from '../../platform/partnership.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { channelsOn, type HelpSeeker, hasStaleHours, homeArea, type Service, serves } from '../contacts/contacts.ts';
import { translateUsualHours } from '../contacts/translated-hours.ts';
import type { Translator } from '../languages/language.ts';
import { type GuidancePart, guidanceFor } from './guidance.ts';
import type { ApprovedContacts } from './load.ts';
import { notesOf } from './pages.ts';
import { sourcesOf } from './pages-check.ts';
import type { DayContent } from './pages-lists.ts';
import { tenModel } from './pages-ten.ts';

export const papers = ['poster', 'card', 'leaflet', 'sheet'] as const;
export type Paper = (typeof papers)[number];

/** Whose paper it is, and the address of the private entrance. */
export type Printer = {
  readonly entrance: string;
  readonly partnership: Partnership | undefined;
  /** What administrators set; none where the files alone are printed. */
  readonly settings?: ApprovedContacts & { readonly version: string; readonly look: SiteLook };
};

/** Paper cannot be called back. A number that nobody has checked for so long is not printed, and no paper is good for longer than half a year. */
const checkedWithin = 365;
const paperLasts = 183;

const isPrinted = (service: Service, who: HelpSeeker, day: string): boolean =>
  service.kinds === null &&
  serves(service, homeArea) &&
  service.dateChecked >= addDays(day, -checkedWithin) &&
  (service.role === 'emergency' || service.for[who] !== undefined);

/** Hours that nobody has confirmed, bank holidays among them, are not printed. Nor are those that Help calls not confirmed because they were checked long ago. */
const hasKnownHours = (service: Service, day: string): boolean =>
  service.hours.usual !== 'not confirmed' && service.hours.bankHolidays !== 'not known' && !hasStaleHours(service, day);

/** Whom to call: by telephone, emergency first. Only services for every kind: paper knows no kind. */
export function servicesOnPaper(who: HelpSeeker, { services, day }: DayContent): readonly Service[] {
  const place = (service: Service): number => (service.role === 'emergency' ? 0 : (service.for[who] ?? 0));
  return services
    .filter((service) => isPrinted(service, who, day))
    .filter((service) => channelsOn(service, day).some(({ kind }) => kind === 'phone'))
    .toSorted((a, b) => place(a) - place(b));
}

function numbersOf(words: Translator, services: readonly Service[], day: string) {
  const { t, said } = words;
  const sideOf = ({ role, independentOfPolice }: Service): string =>
    role === 'emergency' || role === 'police' ? '' : t(independentOfPolice ? 'paper.apart' : 'paper.beside');
  return services.map((service) => ({
    name: said(service.name),
    number: channelsOn(service, day).find(({ kind }) => kind === 'phone')?.printed ?? '',
    hours: hasKnownHours(service, day) ? translateUsualHours(words, service.hours) : '',
    side: sideOf(service),
    notes: notesOf(words, service),
  }));
}

/** The day by which somebody must look at a paper again: the first of its numbers then ends, or was checked a year ago. */
export const checkBy = (services: readonly Service[], day: string): string =>
  [
    addDays(day, paperLasts),
    ...services.map(({ dateChecked }) => addDays(dateChecked, checkedWithin)),
    ...services.flatMap(({ validTo }) => validTo ?? []),
  ].toSorted()[0] ?? day;

const atNoon = (day: string): Date => new Date(`${day}T12:00:00Z`);
/** As somebody types it from paper. */
export const shortAddress = (entrance: string): string => entrance.replace(/^https?:\/\//, '');

/** What every paper says: whom to call, whose it is, how old it is. */
function paperModel(words: Translator, content: DayContent, { entrance, partnership }: Printer, paper: Paper) {
  const who: HelpSeeker = paper === 'sheet' ? 'professional' : 'worried person';
  const services = servicesOnPaper(who, content);
  const address = shortAddress(entrance);
  return {
    here: `/signs/${paper}`,
    title: words.plain(`print.${paper}`),
    address,
    partnership: partnership?.name ?? '',
    shortName: partnership?.shortName ?? '',
    known: words.t('paper.known', { day: words.day(atNoon(content.day)), address }),
    made: words.t('print.made', { day: words.day(atNoon(content.day)) }),
    by: words.t('print.by', { day: words.day(atNoon(checkBy(services, content.day))) }),
    opens: words.t('paper.opens', { address }),
    numbers: numbersOf(words, services, content.day),
  };
}

export const posterPage = (words: Translator, content: DayContent, printer: Printer, picture: string) => ({
  ...paperModel(words, content, printer, 'poster'),
  picture,
});

/** Ten cards on a sheet, and their backs. */
export const cardsOnSheet = 10;
export const cardPage = (words: Translator, content: DayContent, printer: Printer, picture: string) => ({
  ...paperModel(words, content, printer, 'card'),
  picture,
  cards: Array.from({ length: cardsOnSheet }, (_, index) => index),
});

export const leafletPage = (words: Translator, content: DayContent, printer: Printer) => ({
  ...paperModel(words, content, printer, 'leaflet'),
  ...tenModel(words, content.signs),
  framing: content.framing.map(({ text }) => words.said(text)),
});

export function sheetPage(words: Translator, content: DayContent, printer: Printer) {
  const told = guidanceFor(content.guidance, { reader: 'professional', kind: 'not known' }, 'a sign of control');
  const saying = (of: GuidancePart) => told.filter(({ part }) => part === of).map(({ text }) => words.said(text));
  return {
    ...paperModel(words, content, printer, 'sheet'),
    todo: saying('do'),
    notToDo: saying('do not'),
    law: saying('law'),
    sources: sourcesOf(told.map(({ source }) => source)),
  };
}

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'public/signs/public-poster': ReturnType<typeof posterPage>;
    'public/signs/public-card': ReturnType<typeof cardPage>;
    'public/signs/public-leaflet': ReturnType<typeof leafletPage>;
    'public/signs/public-sheet': ReturnType<typeof sheetPage>;
  }
}
