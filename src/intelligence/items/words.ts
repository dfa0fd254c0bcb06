/** How grades, dates and handling read on pages and on paper. Pure. */
import { dayRange } from '../../vocabulary/calendar/days.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import type { DisposalReason, Grading, Item } from './item.ts';
import type { TraceKind } from './source-check.ts';

export const sourceEvaluationWords: Record<Grading['sourceEvaluation'], string> = {
  '1': 'Reliable',
  '2': 'Untested',
  '3': 'Not reliable',
};
export const assessmentWords: Record<Grading['assessment'], string> = {
  A: 'Known directly to the source',
  B: 'Known indirectly to the source, but corroborated',
  C: 'Known indirectly to the source',
  D: 'Not known',
  E: 'Suspected to be false',
};
export const handlingWords: Record<Grading['handling'], string> = {
  P: 'Lawful sharing permitted',
  C: 'Lawful sharing permitted, with conditions',
};

export const disposalWords: Record<DisposalReason, string> = {
  'no longer necessary': 'It is no longer necessary to keep it',
  'identifies its source': 'It identifies its source',
  'recorded twice': 'It was recorded twice',
  'should not have been recorded': 'It should not have been recorded',
};

export const traceWords: Record<TraceKind, string> = {
  name: 'may name the source',
  'said of themselves': 'is what the source said of themselves',
  'first person': 'is in the first person',
  'about the report': 'is about the report or its source',
  relation: 'may be the source, by job, relation or name',
  'only the source knows': 'is what few people can know or see',
  'exact time': 'is an exact time: say roughly when',
  copied: 'is as the reporter wrote it: use your own words',
};

/** “Intelligence I-4F7-K2Q” */
export const itemTitle = (id: string): string => `Intelligence ${referenceOf('intelligence item', id)}`;

export const formatDays = ({ happenedFrom, happenedTo }: Pick<Item, 'happenedFrom' | 'happenedTo'>): string =>
  dayRange(happenedFrom, happenedTo);
