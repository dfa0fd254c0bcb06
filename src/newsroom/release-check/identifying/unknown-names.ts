/** Names of people that no record of the case knows: told by a title or by their shape. Pure. */
import type { WatchedWord } from '../watched-words.ts';
import { firstNamesMet } from './first-names.ts';
import { namesOfPeople } from './names-of-people.ts';

type Sentence = { readonly start: number; readonly text: string };

/** Said of people who were met, helped or harmed. */
const helped =
  /\b(?:victims?|survivors?|trafficked|exploited|enslaved|groomed|raped?|rescued|freed|liberated|safeguarded|complainants?|refuges?|safe[\s-]?houses?|pregnant|asylum)\b|\b(?:was|were|been|is|are|being) (?:[a-z]+ly |now |then |also |later )?(?:offered|given|advised|helped|supported|referred|met|spoken to|taken to|moved|looked after|cared for|found)\b|\b(?:accepted|asked (?:us )?for|received|declined|refused|got|wants?|wanted|needs?|needed) (?:[a-z]+ )?(?:help|support|advice|a place|to leave)\b/i;
/** As these words end before a name: "we met Mei Lin". */
const metJustBefore =
  /\b(?:helped|met|advised|safeguarded|supported|spoke (?:to|with)|spoken (?:to|with)|referred|found|took|moved|offered|gave|told) $/i;

const forLife = {
  kind: 'identifying',
  harm: 'anonymity for life',
  must: 'change',
  message: 'Name no person who was met or helped, even if they agreed. Take the name out.',
} as const;
const unknown = {
  kind: 'identifying',
  harm: 'one person',
  must: 'justify',
  message: 'This may be the name of a person. Take it out, or say who it is and why the name may be printed.',
} as const;

/** `isKnown` tells whether a name is one that the release prints anyway: of an agency, a place or a speaker. */
export function findUnknownNames(
  { start, text }: Sentence,
  isKnown: (from: number, to: number) => boolean,
): WatchedWord[] {
  const whole = namesOfPeople(text);
  const firstNames = firstNamesMet(text)
    .filter((one) => !isKnown(start + one.start, start + one.end))
    .filter((one) => !whole.some((other) => other.start < one.end && one.start < other.end))
    .map((one) => ({ ...unknown, start: start + one.start, end: start + one.end }));
  const others = whole
    .filter((one) => !isKnown(start + one.start, start + one.end))
    .map((one) => {
      const isMet = helped.test(text) || metJustBefore.test(text.slice(Math.max(0, one.start - 24), one.start));
      const isAgent = /\bby $/i.test(text.slice(0, one.start));
      return { ...(isMet && !isAgent ? forLife : unknown), start: start + one.start, end: start + one.end };
    });
  return [...others, ...firstNames].sort((a, b) => a.start - b.start);
}
