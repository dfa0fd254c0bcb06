/** Finds the day or the days in a row on which a release says that its deeds were done, where it gives no span. */
import { addDays } from '../../../vocabulary/calendar/days.ts';
import type { ClaimCollector } from '../claim-collector.ts';
import type { Claim } from '../parsed-release.ts';
import { type Block, longestSentence, type Sentence, saysOtherTime, withoutOtherYear } from '../sentences.ts';
import { dayIn } from './dates.ts';
import { type Days, dayOfDeed, isOfManyDays, spanOf, withJointDays, withoutTwoDays } from './windows.ts';

const ofAllEurope = /\b(?:throughout|across|all over|around) (?:Europe|the (?:EU|world|globe|continent))\b/;
const isTwoDays = (window: Days | null): boolean => window !== null && addDays(window.from, 1) === window.to;

/** A week of all Europe is not when this force was out, where the release gives its own days within that week. */
export const withoutWiderWindow = (claims: readonly Claim[]): Claim[] =>
  claims.filter(
    (wide) =>
      wide.kind !== 'window' ||
      !ofAllEurope.test(wide.sentence) ||
      !claims.some((one) => one.kind === 'window' && one !== wide && one.from >= wide.from && one.to <= wide.to),
  );

const longestWindow = 31;

/** From the first to the last of two days or more. */
function fromFirstToLast(days: readonly Days[]): Days | null {
  const [first] = days;
  const to = days
    .map((one) => one.to)
    .toSorted()
    .at(-1);
  if (!first || !to || new Set(days.map(({ from }) => from)).size < 2) return null;
  return to <= addDays(first.from, longestWindow) ? { from: first.from, to } : null;
}

/** Where no span of days is given, the day or the days in a row on which the release says that its deeds were done. */
export function addDayOfDeed(
  blocks: readonly Block[],
  published: string | null,
  worldwide: boolean,
  gathered: ClaimCollector,
): void {
  const windows = gathered.claims.filter(({ kind }) => kind === 'window');
  if (windows.some(({ sentence }) => worldwide || !ofAllEurope.test(sentence))) return;
  const texts = blocks.map(({ text }) => text.slice(0, longestSentence));
  const many = texts.some(isOfManyDays);
  // A week of all Europe stays, unless the release says that its own part took two days.
  if (windows.length > 0 && !texts.some((text) => withoutTwoDays(text) !== text)) return;
  const twoAlone = !texts.some((text) => isOfManyDays(withoutTwoDays(text)));
  const found: { from: string; to: string; sentence: Sentence }[] = [];
  const days: { from: string; to: string; sentence: Sentence }[] = [];
  for (const sentence of blocks
    .filter(({ part }) => part === 'body')
    .slice(0, 14)
    .flatMap(({ sentences }) => sentences)) {
    const text = withoutOtherYear(sentence.text, published);
    if (text.length > longestSentence || saysOtherTime(text, published) || /^["']/.test(text)) continue;
    const two = twoAlone && isTwoDays(dayOfDeed(text, published));
    const one = dayOfDeed(text, published);
    if (one && one.from === one.to && dayIn(text, published) === one.from) days.push({ ...one, sentence });
    if (many && !two && !/\bday of action\b|\d,? and \d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+/.test(withJointDays(text)))
      continue;
    const window = one;
    if (windows.length > 0 && window?.from === window?.to) continue;
    if (window) found.push({ ...window, sentence });
  }
  // Several days of deeds, of a longer operation or not: from the first to the last of them.
  const dated = days.toSorted((one, other) => (one.from < other.from ? -1 : 1));
  const [first] = found.length > 0 ? found : dated;
  const whole = windows.length === 0 ? fromFirstToLast(dated) : null;
  const span = whole ?? spanOf(found);
  if (!first || !span) return;
  const { said, line, part } = first.sentence;
  gathered.add({ sentence: said, line, part }, [{ kind: 'window', ...span }]);
}
