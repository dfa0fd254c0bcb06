/** What in a sentence could lead to a person or harm a trial, in one list. */

import { type Jurisdiction, usualJurisdiction } from '../../../vocabulary/jurisdictions.ts';
import type { PublishableReturn } from '../../drafting/public-figures.ts';
import type { WatchedWord } from '../watched-words.ts';
import { anonymityOn, findNamedForLife } from './anonymity.ts';
import { isBritishPlace } from './british-places.ts';
import { findGroupsHelped } from './groups-helped.ts';
import { findHiddenCounts } from './hidden-counts.ts';
import { findInventedNames } from './invented-names.ts';
import { findOrigins } from './languages.ts';
import { findWordsOfPeopleMet } from './people-met.ts';
import { findActiveProceedings } from './proceedings.ts';
import { findTellingDetails } from './telling-details.ts';
import { findUnknownNames } from './unknown-names.ts';

type Sentence = { readonly start: number; readonly text: string };
type NameSpans = readonly (readonly [from: number, to: number])[];

/** `agreed` are names of organisations and the area; `names` are these and what a planner named; `speakers` are quoted in the release. */
export function findIdentifying(
  sentence: Sentence,
  publishable: PublishableReturn,
  {
    names,
    agreed,
    speakers = [],
  }: { readonly names: NameSpans; readonly agreed: NameSpans; readonly speakers?: readonly string[] | undefined },
  {
    publishOn,
    jurisdiction = usualJurisdiction,
  }: { readonly publishOn: string; readonly jurisdiction?: Jurisdiction | undefined },
): WatchedWord[] {
  const inside =
    (spans: NameSpans) =>
    (at: number): boolean =>
      spans.some(([from, to]) => from <= at && at < to);
  const isAgreed = inside(agreed);
  const isSpeaker = (from: number, to: number): boolean => {
    const said = sentence.text.slice(from - sentence.start, to - sentence.start);
    return speakers.some((speaker) => speaker !== '' && (speaker.includes(said) || said.includes(speaker)));
  };
  const towns = Object.values(publishable.figures).flatMap(
    ({ breakdowns }) => breakdowns.byTown?.map(({ of }) => of.town ?? '') ?? [],
  );
  const isPlace = (name: string): boolean =>
    isBritishPlace(name) || [publishable.facts.area, ...towns].some((known) => known !== '' && name.includes(known));
  const details = findTellingDetails(sentence, publishable).filter(({ start }) => !isAgreed(start));
  const found = [
    ...details,
    ...findOrigins(sentence, isPlace).filter(
      (one) => !isAgreed(one.start) && !details.some(({ start, end }) => start < one.end && one.start < end),
    ),
    ...findGroupsHelped(sentence).filter(({ start }) => !inside(names)(start)),
    ...findHiddenCounts(sentence).filter(({ start }) => !inside(names)(start)),
    ...findInventedNames(sentence).filter(({ start }) => !inside(names)(start)),
    ...findWordsOfPeopleMet(sentence).filter(({ start }) => !isAgreed(start)),
    ...findNamedForLife(sentence, anonymityOn(jurisdiction, publishOn), inside(names)),
    ...findActiveProceedings(sentence, inside(names), jurisdiction),
  ];
  const isName = inside(names);
  const { facts } = publishable;
  const partOfName = [facts.leadAgency, facts.unit, facts.area, ...facts.partners, ...facts.ownUnits].flatMap((one) =>
    one.split(/[^\p{L}’'-]+/u),
  );
  const others = findUnknownNames(
    sentence,
    (from, to) =>
      isName(from) ||
      isSpeaker(from, to) ||
      partOfName.includes(sentence.text.slice(from - sentence.start, to - sentence.start)) ||
      isPlace(sentence.text.slice(from - sentence.start, to - sentence.start)),
  ).filter(
    (one) => !found.some(({ start, end, harm }) => start <= one.start && one.end <= end && byName.has(harm ?? '')),
  );
  return [...found, ...others];
}
/** What has been said of a name already. */
const byName: ReadonlySet<string> = new Set(['anonymity for life', 'name before charge']);
