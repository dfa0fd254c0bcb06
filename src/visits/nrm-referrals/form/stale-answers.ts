/** Which answers of the form somebody changed since it was opened: in another tab, or before a page was opened again by Back. */
import { answerText, type FactValue, fieldsOf } from '../../../nrm/index.ts';
import { digest } from '../../../platform/crypto/crypto.ts';
import type { ReferralContent } from '../nrm-referral.ts';
import type { OfficerDraft } from './case-draft.ts';

export type Given = { readonly key: string; readonly from: string; readonly value: FactValue | null };
type Values = Readonly<Record<string, FactValue | undefined>>;

/** Enough to tell two answers of one question apart. */
const markLength = 16;

/** The same for answers that are the same to a reader. */
const markOf = (value: FactValue | null | undefined): string => {
  const all = [value ?? []].flat().map((one) => one.replaceAll('\r\n', '\n').trim());
  const said = all.filter(Boolean).sort();
  return said.length === 0 ? '' : digest(said.join('\0')).slice(0, markLength);
};

/** What the fields of a page show, as the form carries it. */
export const serialiseShown = (
  shown: readonly (readonly [key: string, value: FactValue | null | undefined])[],
): string => JSON.stringify(Object.fromEntries(shown.map(([key, value]) => [key, markOf(value)])));

function parseShown(base: unknown): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(String(base));
    return typeof read === 'object' && read !== null ? (read as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

export type Compared = {
  /** To be saved: changed here, or by nobody. */
  readonly kept: readonly Given[];
  /** Changed by somebody else and not here: theirs stay. */
  readonly theirs: readonly (Given & { readonly now: FactValue | null })[];
  /** Changed by somebody else and here, to something else. */
  readonly collisions: readonly (Given & { readonly now: FactValue | null })[];
};

/** Compares what was sent with what is there now. A form that does not say what it showed changes no answer that is there. */
export function compareAnswers(
  { made, content }: { readonly made: OfficerDraft; readonly content: Pick<ReferralContent, 'answers'> },
  given: readonly Given[],
  base: unknown,
): Compared {
  const shown = parseShown(base);
  const facts = { ...made.known, ...content.answers } as Values;
  const suggested = made.suggested as Values;
  const compared = given.map((one) => {
    const now = facts[one.from] ?? null;
    const isUnanswered = markOf(now) === '' && (shown[one.key] === undefined || suggested[one.from] !== undefined);
    const isChanged = !isUnanswered && shown[one.key] !== markOf(now);
    const isTyped = shown[one.key] !== markOf(one.value);
    const outcome = !isChanged || markOf(one.value) === markOf(now) ? 'kept' : isTyped ? 'collisions' : 'theirs';
    return { ...one, now, outcome };
  });
  const of = (wanted: keyof Compared) => compared.filter(({ outcome }) => outcome === wanted);
  return { kept: of('kept'), theirs: of('theirs'), collisions: of('collisions') };
}

/** What is there now, question by question. */
export function listCollisions({ form }: OfficerDraft, { collisions }: Compared): string[] {
  const fields = new Map(fieldsOf(form).map((field) => [field.key, field]));
  return collisions.flatMap(({ key, now }) => {
    const field = fields.get(key);
    return field ? [`${field.asks}: ${answerText(field, now).join(', ') || 'no answer'}.`] : [];
  });
}
