/** What the self-check shows: who asks, what was noticed, what to do now. */
import type { Model } from '../platform/views.ts';
import { longDay } from '../vocabulary/days.ts';
import type { Said } from './forms.ts';
import { type Guidance, guidanceFor } from './guidance.ts';
import { shownRoutes, whoWords } from './pages.ts';
import type { Answer, Situation } from './router.ts';
import { footingOf, heard, type Kind, kinds, readers, signsAsked } from './self-check.ts';
import type { Framing, Sign } from './signs.ts';

const kindWords: Readonly<Record<Kind, string>> = {
  'labour exploitation': 'Work: on a site, on a farm, in a kitchen, a shop or a factory',
  'sexual exploitation': 'Selling sex, or being made to',
  'criminal exploitation': 'Being made to break the law',
  'domestic servitude': 'Work in somebody’s home',
  'child exploitation': 'Someone under 18, whatever it is about',
  'not known': 'Something else, or I do not know',
};

/** One title and one address for every step: neither tells who asked, or what. */
const everyStep = { title: 'Spot the signs', here: '/signs' } as const;

export const whoPage = ({ asker, ticked }: Said, framing: readonly Framing[]): Model => ({
  ...everyStep,
  framing,
  readers: readers.map((reader) => ({
    value: reader,
    text: whoWords[reader].text,
    checked: reader === asker.reader,
  })),
  kinds: kinds.map((kind) => ({ value: kind, text: kindWords[kind], checked: kind === asker.kind })),
  ticked,
});

export function noticePage({ asker, ticked }: Said, signs: readonly Sign[]): Model {
  const asked = signsAsked(asker, signs);
  const herself = asker.reader === 'it is happening to me';
  const boxes = (group: Sign['group']): Model[] =>
    asked
      .filter((sign) => sign.group === group)
      .map(({ id, text, own, why }) => ({
        id: id.replaceAll(' ', '-'),
        value: id,
        text: herself ? own : text,
        hint: group === 'means nothing alone' ? why : undefined,
        checked: ticked.includes(id),
      }));
  return {
    ...everyStep,
    herself,
    asker,
    control: boxes('control'),
    alone: boxes('means nothing alone'),
    /** What was ticked when another kind was chosen goes along, so that nobody has to tick it again. */
    carried: ticked.filter((id) => !asked.some((sign) => sign.id === id)),
  };
}

export type Answered = {
  readonly said: Said;
  readonly signs: readonly Sign[];
  readonly guidance: readonly Guidance[];
  readonly situation: Situation;
  readonly answer: Answer;
  readonly day: string;
};

/** Danger first, then what to do, then who is open; last what was ticked, each with what else it may be. */
export function answerPage({ said, signs, guidance, situation, answer, day }: Answered): Model {
  const { asker, ticked } = said;
  const noticed = heard(asker, signs, ticked);
  const footing = footingOf(noticed);
  const told = guidanceFor(guidance, asker, footing);
  const herself = asker.reader === 'it is happening to me';
  return {
    ...everyStep,
    ...shownRoutes(situation, answer, day),
    asker,
    ticked,
    todo: told.filter(({ part }) => part === 'do'),
    notToDo: told.filter(({ part }) => part === 'do not'),
    law: told.filter(({ part }) => part === 'law'),
    herself,
    toTalkItOver: footing === 'no sign of control' && !herself,
    // She knows what happens to her; whoever takes the screen from her need not read it.
    control: herself ? [] : noticed.filter(({ group }) => group === 'control'),
    alone: herself ? [] : noticed.filter(({ group }) => group === 'means nothing alone'),
    sources: sourcesOf([...noticed.flatMap((sign) => sign.sources), ...told.map(({ source }) => source)]),
    checked: checkedOn([...noticed, ...told], day),
  };
}

export const sourcesOf = (sources: readonly { readonly title: string }[]): readonly string[] => [
  ...new Set(sources.map(({ title }) => title)),
];

/** The day since which all of these have been compared with their sources. */
export const checkedOn = (entries: readonly { readonly dateChecked: string }[], day: string): string =>
  longDay(entries.map(({ dateChecked }) => dateChecked).toSorted()[0] ?? day);
