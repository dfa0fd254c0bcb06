/** Names of people in a sentence, told by their shape alone: nothing here knows a record. Pure. */
import { isOrdinaryWord, isTradeWord } from '../ordinary-words.ts';
import { officials } from '../single-person-words.ts';
import { isBritishPlace } from './british-places.ts';

type Place = { readonly start: number; readonly end: number };

const word = "\\p{Lu}[\\p{Ll}’'-]+(?:\\p{Lu}[\\p{Ll}’'-]+)?";
const shape = new RegExp(
  `(?<![\\p{L}-])(?:${word})(?: (?:(?:de|da|van|von|den|der|bin|al|el|Thi|Thị) )?${word}){1,3}`,
  'gu',
);

/** Words of organisations, places, laws and offices: with one of them it is no person. */
const ofOrganisations = new Set(
  `police constabulary force council unit team group operation project week office officer officers agency authority service services
  nhs trust charity support helpline hotline crime crimes court act code order street road lane avenue house park union commission
  safeguarding health community border immigration enforcement national modern slavery home secretary minister government county
  city borough district partnership partners advisers nurses europe european kingdom england wales scotland ireland britain
  british english january february march april may june july august september october november december monday tuesday
  wednesday thursday friday saturday sunday human trafficking organised sexual violence relief red cross exploitation referral
  mechanism detective sergeant inspector constable superintendent chief commander commissioner director north south east
  west eastern western northern southern region regional special operations victim victims operational tactical hall school college
  university academy hospital station town centre square green hill fire rescue army salvation anti the a an in at on of for
  our we they he she it if when during after before since those these this that some several many four three two one
  joint action day days law criminal threats airport republic standards trading junction bridge det sgt supt insp garda
  crown prosecution compliance counties harbour door safety first spot signs call report get help anyone everyone`
    .trim()
    .split(/\s+/),
);

export const isOfOrganisation = (word: string): boolean => ofOrganisations.has(word);

/** A title makes one word with a capital a name: "Ms Nguyen". */
const titled =
  /(?<![\p{L}-])(?:[Mm][Rr][Ss]?|[Mm][Ss]|[Mm][Ii][Ss][Ss]|[Mm]x|[Dd][Rr]|Mme|Madam|Madame|Mister|Monsieur|Master|Auntie?|Uncle)\.? \p{Lu}[\p{L}’'-]*(?: (?:(?:de|da|van|von|den|der|bin|al|el) )?\p{Lu}[\p{L}’'-]*){0,3}/gu;

/** Who works for a partner or holds an office: the words just before a name. */
const [office = /(?!)/g] = officials;
const officeBefore = /^(?:s|’s|'s)?,? ?$|^ (?:for|of|at|from|in) [^.;:!?]{1,60}, $/;
/** Who is quoted. */
const speech =
  '(?:said|says|adds?|added|explain(?:s|ed)|urge[sd]?|thank(?:s|ed)|warn(?:s|ed)|(?:who )?(?:leads?|led|heads|runs|commands|chairs))';
const speechAfter = new RegExp(`^,? (?:(?:who|of|from|for|the|head|our)\\b[^.;:“"]{0,40},? )?${speech}\\b`, 'u');
const speechBefore = /\b(?:said|added|says|adds) $/u;
/** A speaker who tells of what happened to them is no speaker of an agency. */
const ownStory =
  /\b(?:said|says|told [a-z]+|added)(?: that)? (?:she|he) (?:was|had|has|is|wanted|wants|felt|escaped|lived|worked|slept)\b/i;

function isSpeakerOrOfficial(text: string, { start, end }: Place): boolean {
  const before = text.slice(Math.max(0, start - 100), start);
  const isOfficial = [...before.matchAll(new RegExp(office.source, 'gi'))].some(({ index, 0: { length } }) =>
    officeBefore.test(before.slice(index + length)),
  );
  if (isOfficial) return true;
  return !ownStory.test(text) && (speechAfter.test(text.slice(end)) || speechBefore.test(before));
}

/** A title with a name, and two to four words with capitals that no organisation, no place and no office has. Speakers of an agency are left out. */
export function namesOfPeople(text: string): Place[] {
  const withTitle = [...text.matchAll(titled)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
  const bare = [...text.matchAll(shape)]
    .flatMap(({ index, 0: name }) => personIn(name, index))
    .filter((one) => !withTitle.some(({ start, end }) => start < one.end && one.start < end));
  return [...withTitle, ...bare].filter((one) => !isSpeakerOrOfficial(text, one)).sort((a, b) => a.start - b.start);
}

/** The part of some words with capitals that may be a name. */
function personIn(name: string, index: number): Place[] {
  const words = name.split(' ');
  // "During Ana Popa": a capital at the start of a sentence may belong to no name.
  const from = index === 0 && words.length > 2 && isOrdinaryWord((words[0] ?? '').toLowerCase()) ? 1 : 0;
  const parts = words.slice(from);
  if (parts.some((part) => ofOrganisations.has(part.toLowerCase().replace(/[’']s?$/, '')))) return [];
  if (parts.some((part) => isTradeWord(part.toLowerCase()))) return [];
  if (parts.every((part) => isOrdinaryWord(part.toLowerCase())) || isBritishPlace(parts.join(' '))) return [];
  return [{ start: index + (from === 0 ? 0 : (words[0]?.length ?? 0) + 1), end: index + name.length }];
}
