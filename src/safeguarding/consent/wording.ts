/** The wording shown before a person consents: what, to whom, what for, until when, and that consent can be withdrawn. In English, and in the language of the person. Pure, but for reading a language file once. */
import type { Language } from '../../public/languages/index.ts';
import { dateFormat } from '../../vocabulary/calendar/date-format.ts';
import { type DisclosurePurpose, draftGroup, nrmPurpose } from '../../vocabulary/information-shared.ts';
import type { Act, Item } from './consent.ts';
import type { ConsentTextKey } from './languages/english.ts';
import { consentLanguageOf, consentSource, isReviewed } from './languages/load.ts';

const purposeKeys: Record<DisclosurePurpose, ConsentTextKey> = {
  'requested help': 'purposes.help',
  'safe place': 'purposes.place',
  'safety planning': 'purposes.safety',
  'examine and treat': 'purposes.treat',
  'specialist advice': 'purposes.advice',
  childcare: 'purposes.childcare',
  [nrmPurpose]: 'purposes.nrm',
  'proof of injuries': 'purposes.proof',
};

const itemKeys: Record<Item, ConsentTextKey> = {
  'when we met': 'items.met',
  'where we met': 'items.where',
  'help needed': 'items.help',
  'essential information': 'items.information',
  wishes: 'items.wishes',
  'given advice': 'items.advice',
  'contact details': 'items.contact',
  'papers about health': 'items.health',
  'identity documents': 'items.identity',
  'legal documents': 'items.legal',
  'other documents': 'items.papers',
  [draftGroup]: 'items.draft',
  'injury examination': 'examinations.injuries',
  'a physical examination': 'examinations.physical',
  'sexual health tests': 'examinations.tests',
  'forensic samples': 'examinations.samples',
  'photographs of injuries': 'examinations.photographs',
};

/** A first responder with the draft may submit it, so the person hears the consequences first. */
const nrmConsequences: readonly ConsentTextKey[] = [
  'nrm.sends',
  'nrm.told',
  'nrm.immigration',
  'nrm.police',
  'nrm.sent',
];

/** Who else can come to know what the record says. Promises nothing that a law, a court or a danger can overrule. */
const readers = (metAtVisit: boolean): readonly ConsentTextKey[] => [
  'readers.officers',
  ...(metAtVisit ? (['readers.leads'] as const) : []),
  'readers.law',
  'readers.danger',
];

export type WordingTerms = {
  readonly act: Act;
  readonly recipient: string;
  readonly purpose: DisclosurePurpose;
  readonly items: readonly Item[];
  /** The person was met at a visit, so that the safeguarding leads of its operation read the record too. */
  readonly metAtVisit: boolean;
  /** The last day of the consent: 2026-10-16. */
  readonly lastDay: string;
};

/** Before a line that is an item of a list: a name, a purpose or a group of data. No language bends these. */
const bullet = '• ';

/** One sentence or one item a line, short enough to be read out. English unless a language is given. */
export function composeWording(terms: WordingTerms, code = consentSource.code): string {
  const language = consentLanguageOf(code);
  const say = (key: ConsentTextKey): string => textOf(language, key);
  const { act, recipient, purpose, items, metAtVisit, lastDay } = terms;
  const entersNrm = purpose === nrmPurpose || items.includes(draftGroup);
  return [
    ...statusOf(language).map(say),
    say(`ask.${act}`),
    // Whatever an agency is called, its name is one line of the list and no sentence of ours.
    `${bullet}${recipient.replace(/\s+/gu, ' ')}`,
    say(act === 'examine' ? 'list.examine' : 'list.told'),
    ...items.map((item) => `${bullet}${say(itemKeys[item])}`),
    ...(act === 'share' ? [say('list.nothing')] : []),
    say('purposes.lead'),
    `${bullet}${say(purposeKeys[purpose])}`,
    say('purposes.only'),
    say(`limits.${act}`),
    ...readers(metAtVisit).map(say),
    ...(entersNrm ? nrmConsequences.map(say) : []),
    say('end.day').replace('{day}', formatDayIn(language, lastDay)),
    say('end.back'),
    ...(act === 'examine' ? [] : [say('end.known')]),
    say('end.no'),
  ].join('\n');
}

function textOf({ code, texts }: Language, key: ConsentTextKey): string {
  const text = texts[key];
  if (text === undefined) throw new Error(`the consent words in ${code} lack ${key}`);
  return text;
}

/** Who vouches for a translation, before the words. */
const statusOf = (language: Language): readonly ConsentTextKey[] => {
  if (language === consentSource) return [];
  return [isReviewed(language) ? 'translation.reviewed' : 'translation.unreviewed'];
};

const formats = new Map<string, (at: Date) => string>();
/** In the calendar and the digits that papers in this country have. */
function formatDayIn({ code }: Language, day: string): string {
  const locale = `${code === 'en' ? 'en-GB' : code}-u-nu-latn-ca-gregory`;
  const format =
    formats.get(code) ?? dateFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  formats.set(code, format);
  return format(new Date(`${day}T00:00:00Z`));
}

/** A sentence, or the items of a list. */
export type WordingBlock = { readonly text: string } | { readonly items: readonly string[] };

/** The lines of a wording as a page shows them: items that follow each other are one list. */
export function blocksOf(wording: string): WordingBlock[] {
  const blocks: ({ text: string } | { items: string[] })[] = [];
  for (const line of wording.split('\n')) {
    const last = blocks.at(-1);
    if (!line.startsWith(bullet)) blocks.push({ text: line });
    else if (last && 'items' in last) last.items.push(line.slice(bullet.length));
    else blocks.push({ items: [line.slice(bullet.length)] });
  }
  return blocks;
}
