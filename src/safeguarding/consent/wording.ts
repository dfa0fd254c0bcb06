/** The wording shown before a person consents: what, to whom, what for, until when, and that consent can be withdrawn. In English, and in the language of the person. Pure, but for reading a language file once. */

import { type ConsentTextKey, consentSource, listItem, speakerOf } from '../../nrm/consent-words/index.ts';
import { type DisclosurePurpose, draftGroup, nrmPurpose } from '../../vocabulary/information-shared.ts';
import type { AgencyKind } from '../../vocabulary/people.ts';
import type { Act, Item } from './consent.ts';

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

/** Kinds that a translation says beside the name, which is English. */
const kindKeys: Partial<Record<AgencyKind, ConsentTextKey>> = {
  council: 'kinds.council',
  health: 'kinds.health',
  'sexual violence advisers': 'kinds.advisers',
  voluntary: 'kinds.voluntary',
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
  readonly recipientKind?: AgencyKind | undefined;
  /** The person is or may be under 18, so that children’s services must be told whatever the person answers. */
  readonly mayBeChild: boolean;
  readonly purpose: DisclosurePurpose;
  readonly items: readonly Item[];
  /** The person was met at a visit, so that the safeguarding leads of its operation read the record too. */
  readonly metAtVisit: boolean;
  /** The last day of the consent: 2026-10-16. */
  readonly lastDay: string;
};

/** One sentence or one item a line, short enough to be read out. English unless a language is given. */
export function composeWording(terms: WordingTerms, code = consentSource.code): string {
  const { say, status, day, translated } = speakerOf(code);
  const { act, recipient, purpose, items, metAtVisit, lastDay } = terms;
  const kind = terms.recipientKind && kindKeys[terms.recipientKind];
  const [beside = ''] = translated(...(kind ? [` (${say(kind)})`] : []));
  const entersNrm = purpose === nrmPurpose || items.includes(draftGroup);
  return [
    ...status,
    say(`ask.${act}`),
    listItem(`${recipient}${beside}`),
    say(act === 'examine' ? 'list.examine' : 'list.told'),
    ...items.map((item) => listItem(say(itemKeys[item]))),
    // Each referral says this first, from the records.
    ...(act === 'refer' ? [listItem(say('items.always'))] : []),
    ...(act === 'share' ? [say('list.nothing')] : []),
    say('purposes.lead'),
    listItem(say(purposeKeys[purpose])),
    say('purposes.only'),
    say(`limits.${act}`),
    ...(terms.mayBeChild ? [say('child.told')] : []),
    ...readers(metAtVisit).map(say),
    ...(entersNrm ? nrmConsequences.map(say) : []),
    say('end.day').replace('{day}', day(lastDay)),
    say('end.back'),
    ...(act === 'examine' ? [] : [say('end.known')]),
    say('end.no'),
  ].join('\n');
}
