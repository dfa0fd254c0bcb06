/** What is to be read at leisure or printed: all the signs, one sheet of them, a poster, a card for professionals. */

import type { Model } from '../../platform/rendering/views.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { channelsOn, homeArea, type Service, serves, type Who } from '../contacts/contacts.ts';
import { usualHoursInWords } from '../contacts/hours-words.ts';
import type { TextKey } from '../languages/english.ts';
import type { Words } from '../languages/language.ts';
import { type Guidance, guidanceFor } from './guidance.ts';
import { comparedIn, kindKeys, signIn, sourcesOf } from './pages-check.ts';
import { type Framing, inOrder, type Sign, type SignsOf } from './signs.ts';

export type Content = {
  readonly signs: readonly Sign[];
  readonly framing: readonly Framing[];
  readonly guidance: readonly Guidance[];
  readonly services: readonly Service[];
  readonly day: string;
};

const groupWords: Readonly<Partial<Record<SignsOf['of'], { readonly title: string; readonly says: string }>>> = {
  'every kind': {
    title: 'Signs of control, whatever it is about',
    says: 'Someone else may be deciding where a person goes, what they earn and what they say.',
  },
  'means nothing alone': {
    title: 'These mean nothing alone',
    says: 'You may read of these elsewhere. By themselves they are no reason to report anybody.',
  },
};

const grouped = (signs: readonly Sign[]): readonly Model[] =>
  inOrder(signs).map(({ of, signs: these }) => ({ ...(groupWords[of] ?? { title: capital(of) }), signs: these }));

/** Apart, so that each is light: what holds for every kind, what belongs to one kind, and what means nothing alone. */
export const lists = {
  control: 'Signs of control',
  kinds: 'Signs of one kind of exploitation',
  alone: 'What means nothing alone',
} as const;
export type ListName = keyof typeof lists;

const listOf = (group: SignsOf['of']): ListName =>
  group === 'every kind' ? 'control' : group === 'means nothing alone' ? 'alone' : 'kinds';

const listTitles: Readonly<Record<ListName, TextKey>> = {
  control: 'self.control',
  kinds: 'self.kinds',
  alone: 'self.alone',
};

const groupTitle = ({ t }: Words, of: SignsOf['of']): string => {
  if (of === 'every kind') return t('answer.every');
  return of === 'means nothing alone' ? t('self.nothing') : t(kindKeys[of]);
};

export const listPage = (words: Words, name: ListName, { signs, framing, day }: Content): Model => {
  const groups = inOrder(signs).filter(({ of }) => listOf(of) === name);
  const listed = groups.flatMap((group) => group.signs);
  return {
    title: words.t(listTitles[name]),
    here: `/signs/${name}`,
    framing: framing.map(({ text }) => words.said(text)),
    says: name === 'control' ? words.t('answer.deciding') : undefined,
    groups: groups.map((group) => ({
      title: groupTitle(words, group.of),
      signs: group.signs.map((sign) => signIn(words, sign)),
    })),
    sources: sourcesOf([...framing.map(({ source }) => source), ...listed.flatMap(({ sources }) => sources)]),
    compared: comparedIn(words, listed, day),
  };
};

/** Whom to call, for paper: by telephone, emergency first, with the hours of a usual week. */
function numbersFor(who: Who, { services, day }: Content): readonly Model[] {
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
      return [{ name, number: phone.printed, hours: usualHoursInWords(service.hours), side, notes }];
    });
}

const onPaper = (content: Content, origin: string): Model => ({
  here: '/signs',
  printed: longDay(content.day),
  address: `${origin.replace(/^https?:\/\//, '')}/help`,
});

export const sheetPage = (content: Content, origin: string): Model => ({
  ...onPaper(content, origin),
  title: 'Signs and numbers on one sheet',
  framing: content.framing,
  groups: grouped(content.signs),
  numbers: numbersFor('worried person', content),
});

export const posterPage = (content: Content, origin: string, picture: string): Model => ({
  ...onPaper(content, origin),
  title: 'A poster',
  picture,
  numbers: numbersFor('worried person', content),
});

export function cardPage(content: Content, origin: string): Model {
  const told = guidanceFor(content.guidance, { reader: 'professional', kind: 'not known' }, 'a sign of control');
  return {
    ...onPaper(content, origin),
    title: 'A card for professionals',
    todo: told.filter(({ part }) => part === 'do'),
    notToDo: told.filter(({ part }) => part === 'do not'),
    law: told.filter(({ part }) => part === 'law'),
    numbers: numbersFor('professional', content),
    sources: sourcesOf(told.map(({ source }) => source)),
  };
}
