/** Reads the signs, the guidance and the contacts from this folder, once. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type ExtraHoliday, openCalendar } from '../contacts/bank-holidays.ts';
import { type Service, servicesOn } from '../contacts/contacts.ts';
import type { Calendar } from '../contacts/hours.ts';
import { readContacts, readGuidance, readSigns } from './content-shape.ts';
import { type Guidance, guidanceOn } from './guidance.ts';
import { type Framing, isDisclosed, type Sign, signsOn } from './signs.ts';

const readContentFile = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const signsText = readContentFile('./signs.yaml');
const contactsText = readContentFile('./contacts.yaml');
const guidanceText = readContentFile('./guidance.yaml');
const { framing: framingTexts, signs } = readSigns(signsText);
const { services, extraHolidays } = readContacts(contactsText);
const guidance = readGuidance(guidanceText);

/** Changes with a word of the content: part of the key under which a page is kept. */
export const contentVersion = createHash('sha256')
  .update(signsText)
  .update('\0')
  .update(contactsText)
  .update('\0')
  .update(guidanceText)
  .digest('hex')
  .slice(0, 16);

export const framing: readonly Framing[] = framingTexts;
export const listSigns = (day: string): readonly Sign[] => signsOn(signs, day);
/** Of every day: what was recorded under an id stays readable. */
export const disclosedIds: readonly string[] = [...new Set(signs.filter(isDisclosed).map(({ id }) => id))];
export const signTexts = (ids: readonly string[]): string =>
  ids.map((id) => signs.findLast((sign) => sign.id === id)?.text ?? id).join(' ');
export const listGuidance = (day: string): readonly Guidance[] => guidanceOn(guidance, day);
/** Withheld ones and those of other times too. */
export const allServices: readonly Service[] = services;
export const listServices = (day: string): readonly Service[] => servicesOn(services, day);

/** Every sentence that a reader of the public pages may be shown and a language may translate, once each. */
export const publicContent = (): readonly string[] => {
  const channelWords = allServices.flatMap(({ channels }) =>
    channels.flatMap(({ how, leaves }) => [leaves.phone, leaves.bill, how]),
  );
  const words = [
    ...framing.map(({ text }) => text),
    ...signs.flatMap(({ text, own }) => [text, own]),
    ...guidance.map(({ text }) => text),
    ...channelWords,
    ...allServices.flatMap(({ notes }) => notes),
    ...signs.flatMap(({ why, innocent, caution }) => [why, innocent, caution]),
    ...allServices.flatMap(({ promise, runBy, sits, forWhom, languages }) => [
      promise,
      runBy,
      sits,
      forWhom,
      languages,
    ]),
  ];
  return [...new Set(words.filter((text) => text !== null))];
};

let calendar: Promise<Calendar> | undefined;
/** Loaded when first asked for: the table of the world's holidays weighs 40 MB. */
export const bankHolidays = (): Promise<Calendar> => {
  calendar ??= openCalendar(extraHolidays);
  return calendar;
};
export const proclaimedHolidays: readonly ExtraHoliday[] = extraHolidays;
