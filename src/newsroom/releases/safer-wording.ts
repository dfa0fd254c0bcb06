/** What can take the place of words that the check found: safer words, or the text without their sentence. Pure. */
import { type Field, printedFields, withField } from '../release-check/printed-fields.ts';
import { type SaferWords, saferWordsFor } from '../release-check/safer-words.ts';
import type { PublicText, ReleaseFinding } from './text.ts';

type Found = Pick<ReleaseFinding, 'part' | 'start' | 'end' | 'sentence'>;
/** Safer words, and the text with them. */
export type SaferText<Text> = { readonly words: string; readonly replaced: string; readonly text: Text };

const fieldOf = (text: PublicText, { part }: Pick<Found, 'part'>): Field | undefined =>
  printedFields(text).find(({ name, takesFigures }) => name === part && takesFigures);

/** The text with other words in the place of those that were found. Undefined where they stand in no field that can be written so. */
export function replaceWords<Text extends PublicText>(text: Text, found: Found, words: string): Text | undefined {
  const field = fieldOf(text, found);
  if (!field) return undefined;
  const [before, after] = [field.source.slice(0, found.start), field.source.slice(found.end)];
  // Words that are taken out take one of their two spaces along.
  const joined =
    words === ''
      ? before.replace(/ $/, '') + (before.trim() === '' ? after.trimStart() : after)
      : before + words + after;
  return withField(text, found.part, joined);
}

/** The text without the sentence that was found. Undefined where it is all that its field says, or is not written in one piece. */
export function takeSentenceOut<Text extends PublicText>(text: Text, found: Found): Text | undefined {
  const field = fieldOf(text, found);
  if (!field || found.sentence === '') return undefined;
  const { source } = field;
  let at = source.indexOf(found.sentence);
  while (at >= 0 && at + found.sentence.length < found.end) at = source.indexOf(found.sentence, at + 1);
  if (at < 0 || at > found.start) return undefined;
  const before = source.slice(0, at).replace(/ +$/, '');
  const after = source.slice(at + found.sentence.length).replace(/^ +/, '');
  const space = before === '' || after === '' || /\n$/.test(before) || /^\n/.test(after) ? '' : ' ';
  const left = `${before}${space}${after}`.replace(/\n{3,}/g, '\n\n').trim();
  return left === '' ? undefined : withField(text, found.part, left);
}

/** How to say safely what was found: in words that a rule can write, or in one sentence. */
export const saferWords = (text: PublicText, finding: ReleaseFinding): SaferWords =>
  saferWordsFor(finding, printedFields(text).find(({ name }) => name === finding.part)?.source ?? '');

/** The text with the safer words. Undefined where no rule can write them, or the field is not written so. */
export function takeSaferWords<Text extends PublicText>(
  text: Text,
  finding: ReleaseFinding,
): SaferText<Text> | undefined {
  const { change } = saferWords(text, finding);
  const source = fieldOf(text, finding)?.source;
  if (!change || source === undefined) return undefined;
  const next = replaceWords(text, { ...finding, start: change.start, end: change.end }, change.words);
  return next && { words: change.words, replaced: source.slice(change.start, change.end), text: next };
}
