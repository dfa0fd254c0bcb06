/** All the signs, to be read at leisure. */

import type { Service } from '../contacts/contacts.ts';
import type { TextKey } from '../languages/english.ts';
import type { Translator } from '../languages/language.ts';
import type { Guidance } from './guidance.ts';
import { comparedSentence, kindKeys, signModel, sourcesOf } from './pages-check.ts';
import { type Framing, type GroupedSigns, groupSigns, type Sign } from './signs.ts';

/** What is in force on a day. */
export type DayContent = {
  readonly signs: readonly Sign[];
  readonly framing: readonly Framing[];
  readonly guidance: readonly Guidance[];
  readonly services: readonly Service[];
  readonly day: string;
};

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

export const listPage = (words: Translator, name: ListName, { signs, framing, day }: DayContent) => {
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

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'public/signs/public-list': ReturnType<typeof listPage>;
  }
}
