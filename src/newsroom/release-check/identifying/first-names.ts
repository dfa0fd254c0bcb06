/** A single word with a capital that stands where only somebody who was met can stand: "Minh was taken to hospital". Pure. */
import { isEnglish } from '../../../vocabulary/languages/english-text.ts';
import { isOrdinaryWord, isTradeWord } from '../ordinary-words.ts';
import { isBritishPlace } from './british-places.ts';
import { isOfOrganisation } from './names-of-people.ts';
import { anyNationality } from './nationalities.ts';

type Place = { readonly start: number; readonly end: number };

const name = "\\p{Lu}\\p{Ll}+(?:[’'-]\\p{Lu}\\p{Ll}+)*";
const names = `${name}(?:(?:, ${name})*,? and ${name})?`;
const worker = '(?:[Ww]e|[Oo]fficers?|[Tt]eams?|[Nn]urses?|[Pp]olice|[Aa]dvisers?|[Ii]nterpreters?|[Ss]taff|[Tt]hey)';
const adverb = '(?:(?:then|also|later|now|still|since|both|safely|all|[a-z]+ly) )*';
/** What happens to people who are met, or what only they do. */
const deeds = `(?:(?:was|were|is|are|has been|have been|had been|is being|are being) ${adverb}(?:taken (?:to|home|away|in|out)|safe|helped|met|freed|found|offered|given|referred|moved|arrested|released|detained|interviewed|rehoused|housed|looked after|cared for|spoken to|supported|advised|reunited|well|unwell|ill|pregnant|afraid|frightened|scared|alone|in (?:hospital|tears|care|custody)|with (?:nurses|advisers|family|friends|relatives|us)|staying|living|sleeping|working|locked|beaten|trafficked|exploited|charged|bailed)|asked (?:us |officers |police |nurses )?(?:for help|for advice|to leave)|told (?:us|officers|police|nurses|advisers|them)|(?:accepted|declined|refused) (?:our |the )?(?:offer of )?(?:help|support|advice)|(?:wants?|wanted) (?:help|to (?:leave|go home|stay))|(?:lives?|lived|sleeps?|slept|works?|worked) (?:there|here|above|in the|at the)|spoke to (?:us|officers|nurses|police|advisers)|(?:left|came|went|spoke|travelled) with (?:us|officers|nurses|advisers)|escaped|fled)\\b`;

const patterns: readonly RegExp[] = [
  new RegExp(`(?<![\\p{L}’'-])(?<!\\p{Lu}[\\p{L}’'-]* )(${names})(?=,? ${adverb}${deeds})`, 'gu'),
  new RegExp(
    `(?<=(?<!\\p{L})${worker} (?:(?:have|had) )?${adverb}(?:met|helped|took|drove|brought|freed|supported|advised|safeguarded|spoke (?:to|with)|spoken (?:to|with)|saw|arrested|detained|referred|moved|found|interviewed|reached|rescued) )(${names})(?! \\p{Lu})(?![\\p{L}’'])`,
    'gu',
  ),
  new RegExp(
    `(?<=\\b(?:[Tt]hanks (?:go |also )*to|[Tt]hank|[Gg]rateful to|[Gg]ratitude to|[Mm]eeting with|[Hh]elp (?:for|given to)|[Aa]rrest of) )(${names})(?=(?:,? (?:for (?:speaking|talking|telling|trusting|coming)|who (?:spoke|told|came|was|has|is))\\b)| ?[.;!]| ?$)`,
    'gu',
  ),
];

/** Agencies that a release calls by one word. */
const agencies = new Set(
  `crimestoppers barnardos barnardo’s barnardo's samaritans childline europol interpol frontex eurojust parliament facebook instagram
  whatsapp unseen refuge shelter hourglass stonewall beacon migrant caritas medaille parliament ofsted osce iom unicef mencap`.split(
    /\s+/,
  ),
);

const isNoName = (word: string): boolean => {
  const low = word.toLowerCase();
  const whole = low.replace(/[’']s?$/, '');
  return (
    isEnglish(whole) ||
    isOrdinaryWord(whole) ||
    isTradeWord(whole) ||
    isOfOrganisation(whole) ||
    agencies.has(low) ||
    isBritishPlace(word) ||
    new RegExp(`^${anyNationality.source}$`).test(word)
  );
};

/** Each name of a list is one place. Words that English has too, such as Grace or Maria, are no sign of a name. */
export function firstNamesMet(text: string): Place[] {
  const found = patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ index, 0: listed }) =>
      [...listed.matchAll(new RegExp(name, 'gu'))]
        .filter(({ 0: word }) => !isNoName(word))
        .map(({ index: at, 0: word }): Place => ({ start: index + at, end: index + at + word.length })),
    ),
  );
  return found.filter((one, at) => found.findIndex(({ start }) => start === one.start) === at);
}
