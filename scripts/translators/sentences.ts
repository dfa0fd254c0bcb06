/** Every sentence that a translator is given, in the order of the English, with what they are told of it. */
import { isSafetyCritical, type Language } from '../../src/public/languages/language.ts';
import { contentKey } from '../../src/public/languages/reviews.ts';
import { publicContentByUse } from '../../src/public/signs/index.ts';
import { modelStatements } from '../../src/reports/attendance/model-statements.ts';
import { contentUses, explainPlaceholders, sectionUses } from './where-seen.ts';

export type Sentence = {
  /** Like `exit.button`; the sentences of signs, guidance and contacts share one. */
  readonly key: string;
  readonly english: string;
  readonly explained: readonly string[];
};

const usesOf = (key: string): string => sectionUses[key.split('.')[0] as keyof typeof sectionUses];

function contentByUse(): ReadonlyMap<string, readonly string[]> {
  const statements = Object.values(modelStatements).flatMap((said) => Object.values(said));
  const uses = new Map<string, string[]>();
  for (const [use, texts] of Object.entries({ ...publicContentByUse(), statements }))
    for (const text of texts) uses.set(text, [...(uses.get(text) ?? []), contentUses[use as keyof typeof contentUses]]);
  return uses;
}

/** `language` can hold translations of earlier content; those are given as well, because its readers can be shown them. */
export function listSentences(language: Language, source: Language): readonly Sentence[] {
  const uses = contentByUse();
  const content = new Set([...uses.keys(), ...Object.keys(language.content)]);
  return [
    ...Object.entries(source.texts).map(([key, english]) => ({
      key,
      english,
      explained: [
        usesOf(key),
        ...(isSafetyCritical(key) ? ['A mistake here can put somebody in danger'] : []),
        ...explainPlaceholders(key, english),
      ],
    })),
    ...[...content].map((english) => ({
      key: contentKey,
      english,
      explained: [...new Set(uses.get(english) ?? ['An earlier wording of signs, guidance or contacts'])],
    })),
  ];
}

/** What a language says for a sentence now. */
export const translationIn = (
  language: Language,
  { key, english }: Pick<Sentence, 'key' | 'english'>,
): string | undefined => (key === contentKey ? language.content[english] : language.texts[key]);
