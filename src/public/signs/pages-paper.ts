/** What is to be read at leisure or printed: all the signs, one sheet of them, a poster, a card for professionals. */

import { longDay } from '../../vocabulary/calendar/days.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { channelsOn, type HelpSeeker, homeArea, type Service, serves } from '../contacts/contacts.ts';
import { describeUsualHours } from '../contacts/hours-words.ts';
import type { TextKey } from '../languages/english.ts';
import type { Translator } from '../languages/language.ts';
import { type Guidance, guidanceFor } from './guidance.ts';
import { comparedSentence, kindKeys, signModel, sourcesOf } from './pages-check.ts';
import { type Framing, type GroupedSigns, groupSigns, type Sign } from './signs.ts';

export type PaperContent = {
  readonly signs: readonly Sign[];
  readonly framing: readonly Framing[];
  readonly guidance: readonly Guidance[];
  readonly services: readonly Service[];
  readonly day: string;
};

const groupTexts: Readonly<Partial<Record<GroupedSigns['of'], { readonly title: string; readonly says: string }>>> = {
  'every kind': {
    title: 'Signs of control, whatever it is about',
    says: 'Someone else may be deciding where a person goes, what they earn and what they say.',
  },
  'means nothing alone': {
    title: 'These mean nothing alone',
    says: 'You may read of these elsewhere. By themselves they are no reason to report anybody.',
  },
};

const groupModels = (signs: readonly Sign[]) =>
  groupSigns(signs).map(({ of, signs: these }) => ({ ...(groupTexts[of] ?? { title: capital(of) }), signs: these }));

/** Apart, so that each is light: what holds for every kind, what belongs to one kind, and what means nothing alone. */
export const signLists = {
  control: 'Signs of control',
  kinds: 'Signs of one kind of exploitation',
  alone: 'What means nothing alone',
} as const;
export type ListName = keyof typeof signLists;

const listNameOf = (group: GroupedSigns['of']): ListName =>
  group === 'every kind' ? 'control' : group === 'means nothing alone' ? 'alone' : 'kinds';

const listTitles: Readonly<Record<ListName, TextKey>> = {
  control: 'self.control',
  kinds: 'self.kinds',
  alone: 'self.alone',
};

const groupTitle = ({ t }: Translator, of: GroupedSigns['of']): string => {
  if (of === 'every kind') return t('answer.every');
  return of === 'means nothing alone' ? t('self.nothing') : t(kindKeys[of]);
};

export const listPage = (words: Translator, name: ListName, { signs, framing, day }: PaperContent) => {
  const groups = groupSigns(signs).filter(({ of }) => listNameOf(of) === name);
  const listed = groups.flatMap((group) => group.signs);
  return {
    title: words.t(listTitles[name]),
    here: `/signs/${name}`,
    framing: framing.map(({ text }) => words.said(text)),
    says: name === 'control' ? words.t('answer.deciding') : undefined,
    groups: groups.map((group) => ({
      title: groupTitle(words, group.of),
      signs: group.signs.map((sign) => signModel(words, sign)),
    })),
    sources: sourcesOf([...framing.map(({ source }) => source), ...listed.flatMap(({ sources }) => sources)]),
    compared: comparedSentence(words, listed, day),
  };
};

/** Whom to call, for paper: by telephone, emergency first, with the hours of a usual week. */
function phoneNumbersFor(who: HelpSeeker, { services, day }: PaperContent) {
  const place = (service: Service): number => (service.role === 'emergency' ? 0 : (service.for[who] ?? 0));
  return services
    .filter((service) => serves(service, homeArea) && (service.role === 'emergency' || service.for[who] !== undefined))
    .toSorted((a, b) => place(a) - place(b))
    .flatMap((service) => {
      const phone = channelsOn(service, day).find(({ kind }) => kind === 'phone');
      if (!phone) return [];
      const { name, role, independentOfPolice, notes } = service;
      const side =
        role === 'emergency' || role === 'police'
          ? ''
          : independentOfPolice
            ? 'not part of the police'
            : 'works with the police';
      return [{ name, number: phone.printed, hours: describeUsualHours(service.hours), side, notes }];
    });
}

const printModel = (content: PaperContent, origin: string) => ({
  here: '/signs',
  printed: longDay(content.day),
  address: `${origin.replace(/^https?:\/\//, '')}/help`,
});

export const sheetPage = (content: PaperContent, origin: string) => ({
  ...printModel(content, origin),
  title: 'Signs and numbers on one sheet',
  framing: content.framing,
  groups: groupModels(content.signs),
  numbers: phoneNumbersFor('worried person', content),
});

export const posterPage = (content: PaperContent, origin: string, picture: string) => ({
  ...printModel(content, origin),
  title: 'A poster',
  picture,
  numbers: phoneNumbersFor('worried person', content),
});

export function cardPage(content: PaperContent, origin: string) {
  const told = guidanceFor(content.guidance, { reader: 'professional', kind: 'not known' }, 'a sign of control');
  return {
    ...printModel(content, origin),
    title: 'A card for professionals',
    todo: told.filter(({ part }) => part === 'do'),
    notToDo: told.filter(({ part }) => part === 'do not'),
    law: told.filter(({ part }) => part === 'law'),
    numbers: phoneNumbersFor('professional', content),
    sources: sourcesOf(told.map(({ source }) => source)),
  };
}

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'public/signs/public-list': ReturnType<typeof listPage>;
    'public/signs/public-sheet': ReturnType<typeof sheetPage>;
    'public/signs/public-poster': ReturnType<typeof posterPage>;
    'public/signs/public-card': ReturnType<typeof cardPage>;
  }
}
