/** Places and languages by which a reader can tell where people come from. Pure. */
import type { WatchedWord } from '../watched-words.ts';

type Sentence = { readonly start: number; readonly text: string };

const either = (words: string): string =>
  words
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll('_', '[\\s-]'))
    .join('|');

/** Any other place that people are said to come from. */
const cameFrom =
  /\b(?:c[ao]me|comes|coming|originally|hail(?:s|ed)?|trafficked|smuggled|brought (?:here |over )?|recruited|born|native|villages?|towns?|flown in) (?:from|in|of) (?:the )?\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+)?/gu;
const ofOthers =
  /\b(?:officers?|teams?|police|partners?|colleagues|reports?|calls?|information|intelligence|tips?|funding|money|support|idea|advisers?|nurses|staff|volunteers|it|this|that|month|week)\b[^.;]{0,40}$/i;

const tongues = either(`
  Mandarin Cantonese Hakka Hokkien Fuzhounese Tigrinya Amharic Oromo Urdu Punjabi Hindi Bengali Sylheti Gujarati Tamil Telugu
  Malayalam Marathi Sinhala Sinhalese Pashto Dari Farsi Persian Arabic Swahili Yoruba Igbo Hausa Twi Fante Shona Ndebele Zulu
  Lingala Luganda Wolof Fula Mandinka Sorani Kurmanji Tagalog Khmer Lao Malay Burmese Hebrew Uyghur Pidgin Krio Edo Bini
  Quechua Hmong Rohingya Ukrainian Romanes
`);
const anyTongue = new RegExp(`\\b(?:${tongues})\\b(?:[\\s-]speak(?:ing|ers?))?`, 'g');
/** Said of what is offered to anybody. */
const offered =
  /\b(?:available|leaflets?|posters?|translated|printed|pages?|information|answers?|calls?|films?|helplines?|cards?|website|languages)\b/i;
/** Said of what happened at a visit. */
const spokenThere =
  /\b(?:spoke|spoken|speaking|speakers?|speaks?|interpreters?|interpreted|translators?|through an?|understood|in their)\b/i;

const message =
  'A city or a language tells where people come from, as a nationality does, and leads to a person. Take it out.';
const nationality = { kind: 'identifying', harm: 'nationality', message } as const;

/** `isKnown` tells whether a name is one that the release may print: the area, its towns, an agency. */
export function findOrigins({ start, text }: Sentence, isKnown: (name: string) => boolean): WatchedWord[] {
  const found = (pattern: RegExp, must: WatchedWord['must']): WatchedWord[] =>
    [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({
      ...nationality,
      start: start + index,
      end: start + index + length,
      must,
    }));
  const others = found(cameFrom, 'justify').filter((one) => {
    const [from, to] = [one.start - start, one.end - start];
    const name = /\p{Lu}.*$/u.exec(text.slice(from, to).replace(/^\p{Lu}\p{Ll}+ /u, ''))?.[0] ?? '';
    return !isKnown(name) && !ofOthers.test(text.slice(0, from));
  });
  return [...others, ...found(anyTongue, spokenThere.test(text) && !offered.test(text) ? 'change' : 'justify')];
}
