/** How somebody met was spoken to: language and interpreter, chosen with one press where the visit knows them. Pure. */
import { type VisitInterpreter, visitInterpreters } from '../../vocabulary/interpreting.ts';
import type { Encounter } from '../visit.ts';

/** How somebody was spoken to. */
export type SpokenLanguage = { readonly language: string; readonly interpreter: VisitInterpreter };

/**
 * Gives at most four ways of speaking, to be chosen with one press: those of the people already met here, then those of the
 * planned languages. Takes the planned languages by name.
 */
export function listSpokenLanguages(used: readonly SpokenLanguage[], planned: readonly string[]): SpokenLanguage[] {
  const ways = planned.flatMap((language): SpokenLanguage[] =>
    /^english$/i.test(language)
      ? [{ language, interpreter: 'not needed' }]
      : [
          { language, interpreter: 'by phone' },
          { language, interpreter: 'in person' },
        ],
  );
  const isNew = ({ language, interpreter }: SpokenLanguage, at: number, all: readonly SpokenLanguage[]): boolean =>
    all.findIndex((one) => one.language === language && one.interpreter === interpreter) === at;
  return [...used, ...ways]
    .filter(({ language }) => !language.includes(','))
    .filter(isNew)
    .slice(0, 4);
}

/** One answer that says how somebody was spoken to: “spoken to, Romanian, by phone”. A language has no comma. */
export const spokenToIn = ({ language, interpreter }: SpokenLanguage): string =>
  `spoken to, ${language}, ${interpreter}`;

/** What an answer of `spokenToIn` says; undefined for the answers that leave language and interpreter to their own fields. */
export function readSpokenTo(answer: unknown): SpokenLanguage | undefined {
  const [, language, how] = /^spoken to, ([^,]{1,60}), (.+)$/.exec(String(answer)) ?? [];
  const interpreter = visitInterpreters.find((one) => one === how);
  return language && interpreter ? { language, interpreter } : undefined;
}

/** What the record holds, whichever way it was answered. */
export function readWayOfSpeaking(answered: {
  readonly spokenTo: string;
  readonly language: string | null;
  readonly interpreter?: '' | VisitInterpreter | undefined;
}): Pick<Encounter, 'spokenTo' | 'language' | 'interpreter'> {
  const way = readSpokenTo(answered.spokenTo);
  return {
    spokenTo: answered.spokenTo !== 'only seen',
    language: way?.language ?? answered.language,
    interpreter: way?.interpreter ?? (answered.interpreter || 'not needed'),
  };
}
