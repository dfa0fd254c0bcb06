/** What the notes and the record already say, offered beside the questions it may answer, so that the person need not repeat it. An offer is no answer until somebody put it into the field, checked it and saved it. Pure. */

import type { FactName } from '../../nrm/index.ts';
import { digest } from '../../platform/crypto/crypto.ts';
import { signTexts } from '../../public/signs/index.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import type { Note } from '../notes/note.ts';
import type { Person } from '../people/person.ts';

export type NoteWords = Pick<Note, 'id' | 'day' | 'writtenAt' | 'wants' | 'disclosed'>;

export type RecordedWords = {
  /** Names these very words: a new note, or a corrected one, changes no other offer. */
  readonly id: string;
  /** Where it stands, and since when. */
  readonly from: string;
  readonly words: string;
  /** What the button puts into the answer: the words with their source. */
  readonly puts: string;
};
export type Recorded = { readonly [Name in FactName]?: readonly RecordedWords[] };

/** Free words may tell of anything that happened, so they are offered at each of these questions. */
const storyFacts = [
  ...(['what happened', 'when', 'how it started', 'what they had to do', 'living conditions'] as const),
  ...(['how treated', 'what keeps them', 'how they left', 'why now', 'exploiters'] as const),
] as const satisfies readonly FactName[];

/** Indicators that a person disclosed, at the questions that plainly ask for them. Kinds of exploitation are nobody’s to conclude from them. */
const disclosedFacts: { readonly [Name in FactName]?: readonly string[] } = {
  'how it started': ['false promises', 'debt'],
  'what they had to do': [
    ...['little or no pay', 'no say in hours', 'household unpaid', 'earnings taken'],
    ...['made to break the law', 'name used for fraud'],
  ],
  'living conditions': ['made to sleep at work', 'address unknown'],
  'how treated': [
    ...['taken everywhere', 'injured', 'earnings taken', 'threatened', 'punished', 'kept from others', 'no doctor'],
    ...['moved about', 'child without parents', 'child kept from school'],
  ],
  'what keeps them': ['cannot leave', 'threatened', 'debt', 'kept from others', 'address unknown'],
};

function disclosedIn(name: FactName, { disclosed }: NoteWords): readonly string[] {
  if (name === 'what happened') return disclosed;
  return disclosed.filter((id) => disclosedFacts[name]?.includes(id));
}

const offer = (source: string, from: string, words: string, puts: string): RecordedWords => ({
  id: `${source}:${digest(puts).slice(0, 16)}`,
  from,
  words,
  puts,
});

function ofNote(name: FactName, note: NoteWords): RecordedWords[] {
  const from = `From the note written ${formatHour(note.writtenAt)}`;
  const told = disclosedIn(name, note);
  const { wants } = note;
  return [
    ...(told.length > 0
      ? [
          offer(
            note.id,
            `${from}, indicators that the person disclosed`,
            signTexts(told),
            `Recorded at the visit on ${longDay(note.day)}: ${signTexts(told)}`,
          ),
        ]
      : []),
    ...(wants
      ? [
          offer(
            note.id,
            `${from}, the person’s wishes in their own words`,
            wants,
            `Said at the visit on ${longDay(note.day)}: “${wants}”`,
          ),
        ]
      : []),
  ];
}

const ofRecord = ({ cameBy }: Pick<Person, 'cameBy'>): RecordedWords[] =>
  cameBy
    ? [
        offer(
          'record',
          'From the person’s record, “Other important information”',
          cameBy,
          `From the person’s record: ${cameBy}`,
        ),
      ]
    : [];

export const collectRecordedWords = (notes: readonly NoteWords[], person: Pick<Person, 'cameBy'>): Recorded =>
  Object.fromEntries(
    storyFacts.map((name) => [name, [...notes.flatMap((note) => ofNote(name, note)), ...ofRecord(person)]]),
  );
