/** Tells English words from others: where a name could occur, a word outside this list is treated as one. */
import { englishWords } from './english-words.ts';

const caseworkWords = `
nb approx admin mid incl temp dept poss prob est misc floorboard taking takings rota screwdriver washroom landline ringleader penniless a advisor auntie brothel cafe cannabis caseworker chokehold drop-in english euro euros friday fridge gangmaster
gangmasters helpline i juju ketamine laptop medic methadone mistreat monday nanny online overstay paracetamol payslip
pimp pimps porn referral saturday slaughterhouse smartphone stepfather stepmother takeaway takeaways thursday
trafficker traffickers tuesday website wednesday whatsapp whiteboard
`;

/** An ending that marks a word as English when no listed stem matches. */
const endings =
  /(?:[a-z]{3}ly|[a-z]{3}ing|tions?|sions?|ness|ments?|[a-z]{3}ed|ously|ous|able|ible|ful|fully|less|ities|ity|ances?|ences?|ships?|hoods?|isms?|isation|ised|ising|ical|ially|ically|ative|ologist)$/;

let made: ReadonlySet<string> | undefined;
/** Made when the first text is checked: 12,000 words take 1 MB. */
function words(): ReadonlySet<string> {
  made ??= new Set(`${englishWords} ${caseworkWords}`.split(/\s+/).filter(Boolean));
  return made;
}
const contracted = /(?:n't|'s|'d|'ll|'re|'ve|'m|')$/;

/** Whether a word, in lower case and without accents, is ordinary English. */
export function isEnglish(word: string): boolean {
  const bare = word.replace(/’/g, "'").replace(contracted, '');
  if (bare.includes('-')) return bare.split('-').every((part) => part === '' || /^\d+$/.test(part) || isEnglish(part));
  return known(bare) || (bare.length >= 6 && endings.test(bare));
}

/** Whether the list contains this exact word: "tony" does not count as "ton". */
export const isListed = (word: string): boolean => words().has(word);

const known = (word: string): boolean =>
  words().has(word) ||
  ['s', 'es', 'd', 'ed', 'r', 'er', 'ing', 'ly', 'y', 'ers', 'rs'].some(
    (ending) => word.endsWith(ending) && isStem(word.slice(0, -ending.length), ending),
  ) ||
  (word.endsWith('ies') && words().has(`${word.slice(0, -3)}y`)) ||
  (word.endsWith('ied') && words().has(`${word.slice(0, -3)}y`)) ||
  ['un', 're', 'over', 'under', 'non', 'ex', 'mis', 'dis', 'out', 'pre', 'sub', 'co'].some(
    (start) => word.startsWith(start) && word.length - start.length >= 4 && words().has(word.slice(start.length)),
  );

/** "stopped" belongs to "stop", "making" to "make"; a stem of two letters is too short. */
const isStem = (stem: string, ending: string): boolean =>
  stem.length >= 3 &&
  (words().has(stem) ||
    (ending !== 's' && words().has(`${stem}e`)) ||
    (ending !== 's' && /(.)\1$/.test(stem) && words().has(stem.slice(0, -1))));

/** Words so short that they are not part of names of places or firms. */
export const small = new Set(
  `a an the and or but if in on at by to of for from with as is are was were be been has have had do does did not no
  nor so than that this these those there here it its he she they we i you his her their our my your him them us me who
  whom whose which what when where why how then now also after before while since until because although though both
  each every all any some many most several one two three four five six seven eight nine ten during once about between
  only even still never always often sometimes later soon again nobody somebody someone everybody everyone nothing
  something`.split(/\s+/),
);
