/** Details from which a reader who knows the place can tell who is meant: an age in other words, an origin, an address beside its town. Pure. */
import type { PublishableReturn } from '../../drafting/public-figures.ts';
import type { WatchedWord } from '../watched-words.ts';
import { anyNationality, anyOrigin, foreign } from './nationalities.ts';

type Sentence = { readonly start: number; readonly text: string };
type Found = Omit<WatchedWord, 'start' | 'end'>;

/** In the order of the text; the caller leaves out what is in a name of the return. */
export const findTellingDetails = (sentence: Sentence, publishable: PublishableReturn): WatchedWord[] =>
  [...agesIn(sentence, publishable), ...originsIn(sentence), ...onlyAddressesIn(sentence, publishable)].sort(
    (a, b) => a.start - b.start,
  );

const matchesOf = ({ start, text }: Sentence, pattern: RegExp, found: Found): WatchedWord[] =>
  [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({
    start: start + index,
    end: start + index + length,
    ...found,
  }));

export const exactAge = {
  harm: 'exact age',
  must: 'change',
  message: 'People who know the town can tell who this is by an age. Take the age out.',
} as const;

/** Whether an age is said of somebody, and not of the people that a service is for: "aged 18 and over". */
export const isAgeOfSomebody = (after: string): boolean =>
  !/^[\s-]*(?:years?(?: old| of age)? )?(?:(?:and|or) (?:over|above|older|under|below|younger)|to \d+ can|upwards)\b/i.test(
    after,
  );
const ofSomebody =
  /\b(?:wom[ae]n|m[ae]n|girls?|boys?|females?|males?|he|she|his|hers?|him|person|people|individuals?|mother|father|child|teenagers?|victims?|survivors?|workers?|arrest\w*|detained|suspects?|year[\s-]old)\b/i;
const fromSomewhere = /\b(?:from|of) [A-Z]\w/;

const decade = '(?:teenage years|teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|[2-8]0s)';
/** "Ana P, 34, of Watford"; "the woman (34)"; "the cook, 34, from Watford". */
const listedAges: readonly RegExp[] = [
  /(?<=\b(?:\p{Lu}[\p{L}’'-]+|m[ae]n|wom[ae]n|girl|boy|mother|father|suspect|victim|person|worker|driver|owner|manager|teenager|youth|student|employee),? )\(?(?:1[0-9]|[2-8]\d)\)?(?=,(?! \d)| of\b|[;.]?$|\)|,? (?:from|was|who|has)\b)/gu,
  /(?<=\p{Ll}, )\(?(?:1[0-9]|[2-8]\d)\)?(?=,? (?:of \p{Lu}|from \p{Lu}|who)\b)/gu,
];
const inDecades = new RegExp(
  `\\b(?:aged )?(?:in|(?:barely |just |hardly )?(?:out of|into)) (?:her|his|their) (?:(?:very )?(?:early|mid|late)(?: to (?:mid|late))?)?[\\s-]?(?:${decade}(?: (?:and|or|to) ${decade})*)\\b`,
  'gi',
);
const bornIn = /\bborn (?:in|on) (?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:19|20)\d\d\b|\bdates? of birth\b/g;
const described =
  /\b(?:teenage|pensioners?|school[\s-]?(?:girls?|boys?|children|child|age|leavers?)|sixth[\s-]formers?|toddlers?|elderly|middle-aged|under-?aged?|newborns?|infants?|juveniles?|(?:twenty|thirty|forty|fifty|sixty)-?(?:somethings?|ish)|OAPs?|octogenarians?|septuagenarians?|of (?:pensionable|retirement|school) age)\b/gi;
/** Ages of some people, and as often words of a sentence about anybody: they need something that happened. */
const describedWhereMet =
  /\b(?:minors(?! (?:injur|offen|damage))|kids|teenagers|teens|adolescents|youngsters|retired|students|pupils|(?:was|were|are|is) (?:all |both |still |very |quite |mostly |so |too )*(?:young|old|elderly|retired|minors|children|kids)(?= ?[.,;:!?]|$| (?:and|when|women|men|people|workers)\b))\b/gi;
const wasMet =
  /\b(?:they|them|those|who) (?:were|are)\b|^\W*(?:they|(?:the )?(?:workers|women|men|people|those|victims|girls|boys)(?: (?:we|officers) met)?) (?:were|are)\b|\b(?:was|were|been) (?:[a-z]+ly |all |also |then )?(?:met|found|helped|arrested|detained|freed|safeguarded|taken|referred|spoken to|moved|seen|advised|offered|given)\b|\b(?:met|found|helped|arrested|safeguarded|freed|spoke (?:to|with)|accepted|declined|asked for help|told us)\b/i;

function agesIn(sentence: Sentence, { figures }: PublishableReturn): WatchedWord[] {
  if (figures['arrests.made']?.breakdowns.bySexAgeResidence) return [];
  const exact: Found = { kind: 'identifying', ...exactAge };
  const about: Found = { ...exact, must: 'justify', message: `${exactAge.message} Or say why this is not one person.` };
  const isOfSomebody = ofSomebody.test(sentence.text) || fromSomewhere.test(sentence.text);
  return [
    ...(isOfSomebody ? [...listedAges, bornIn] : []).flatMap((pattern) => matchesOf(sentence, pattern, exact)),
    ...matchesOf(sentence, inDecades, exact),
    ...(isOfSomebody || !isForAnybody(sentence.text) ? matchesOf(sentence, described, about) : []),
    ...(wasMet.test(sentence.text) && !isForAnybody(sentence.text)
      ? matchesOf(sentence, describedWhereMet, about)
      : []),
  ];
}
/** Advice and questions: "students can learn the signs". */
const isForAnybody = (text: string): boolean =>
  text.trimEnd().endsWith('?') || /\b(?:may|might|can|could|should|if|whether|any(?:one|body)|whoever)\b/i.test(text);

const nationality = {
  kind: 'identifying',
  harm: 'nationality',
  message:
    'A nationality or an origin beside a place and a week leads to a person, and is no reason for anything. Take it out.',
} as const;
/** Said of agencies, of countries that take part, or of a language in which something is offered. */
const ofNobody =
  /^[\s-](?:police|authorit|officers|colleagues|counterparts|agenc|force|forces|border|embass|consul|government|languages?|interpret|translat|Red Cross|Union|Commission|Parliament|Transport|partners|countries|states|Crown|Council|Anti-Trafficking|investigat)/i;
const inLanguage =
  /\b(?:speaks?|spoken|spoke|answers?|available|leaflets?|posters?|translated|printed|pages?|information|help|advice|calls?|interpreters?) (?:[a-z]+ ){0,3}(?:in|into|for|of)? ?(?:[A-Z][a-z]+(?:,| and| or) ?)*$/;
const aboutPeople =
  /\b(?:wom[ae]n|m[ae]n|girls?|boys?|people|person|individuals?|nationals?|citizens?|victims?|survivors?|workers?|suspects?|arrest\w*|detained|charged|gang|couple|family|families|mother|father|child|children|migrants?|community|speakers?)\b/i;

function originsIn(sentence: Sentence): WatchedWord[] {
  const { start, text } = sentence;
  const adjectives = matchesOf(sentence, anyNationality, { ...nationality, must: 'change' }).flatMap((one) => {
    const [before, after] = [text.slice(0, one.start - start), text.slice(one.end - start)];
    if (ofNobody.test(after)) return [];
    const isLanguage = inLanguage.test(before.slice(-90));
    const isFree = isLanguage || !aboutPeople.test(text);
    const safer = !isFree && /^ (?=[a-z])/.test(after) && !/\ban? $/i.test(before) ? { safer: '' } : {};
    return [{ ...one, ...(isFree ? { must: 'justify' as const } : safer) }];
  });
  const others = [anyOrigin, foreign].flatMap((pattern) =>
    matchesOf(sentence, pattern, {
      ...nationality,
      must: aboutPeople.test(text) || /\b(?:they|them|she|he|her|him)\b/i.test(text) ? 'change' : 'justify',
    }),
  );
  const apart = others.filter(({ start: from, end }) => !adjectives.some((one) => one.start < end && from < one.end));
  return [...adjectives, ...apart];
}

const oneOf =
  '(?:an?|the|one|this|that|another|a single|the only) (?:[\\w’-]+ ){0,3}?(?:address|premises|business|shop|flat|house|home|property|site|venue|building|place|parlour|salon|restaurant|takeaway|bar|farm|factory|hotel|workplace|door)(?![\\w’-])';
const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * "An address in Tring", where the release gives no number for each town. It is stopped however many were visited there:
 * otherwise the check would tell which town had only one.
 */
function onlyAddressesIn(sentence: Sentence, { counted, figures }: PublishableReturn): WatchedWord[] {
  const known = counted.figures['premises.visited'];
  const told = figures['premises.visited']?.breakdowns.byTown ?? [];
  const towns = (known?.breakdowns.byTown ?? [])
    .filter(({ of }) => !told.some((cell) => cell.of.town === of.town))
    .map(({ of }) => of.town ?? '')
    .filter((town) => town !== '' && sentence.text.includes(town));
  return towns.flatMap((town) => {
    const name = escapeForPattern(town);
    const found = matchesOf(
      sentence,
      new RegExp(
        `\\b${oneOf}[^.;:!?]{0,40}?\\b(?:in|at|near|of|from) (?:[a-z]+ ){0,2}${name}\\b|\\b${name}[,’'s]* (?:[a-z]+ )?(?:address|premises|business|shop|flat|house|property|venue|building)\\b|\\b[Ii]n ${name},? [^.;:!?]{0,40}?\\b${oneOf}`,
        'gi',
      ),
      {
        kind: 'identifying',
        harm: 'one address',
        must: 'change',
        message: `A release does not say how many addresses were visited in ${town}. If it was one, neighbours can tell which. Name the area alone.`,
      },
    );
    // The town alone is marked: one that a figure prints is one that the policy lets be named.
    return found.map((one) => {
      const words = sentence.text.slice(one.start - sentence.start, one.end - sentence.start);
      const start = one.start + words.toLowerCase().lastIndexOf(town.toLowerCase());
      return { ...one, start, end: start + town.length };
    });
  });
}
