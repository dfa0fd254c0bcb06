/** One part of the form at a time: known answers with their source, missing answers as questions, and errors for what may not be sent. */

import { askedOfWords, formField } from '../../nrm/form-fields/index.ts';
import { answerText, fieldsOf } from '../../nrm/index.ts';
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import { type Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers } from '../../platform/forms/forms.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { FormPage, SummaryRow } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { countWord, plural } from '../../vocabulary/languages/english.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import type { CaseDraft } from '../nrm-drafts/draft.ts';
import type { NrmReferral } from '../nrm-drafts/nrm-referral.ts';
import type { KnownFact } from './known-facts.ts';
import type { Suggestions } from './note-suggestions.ts';
import type { Part } from './parts.ts';
import type { Recorded } from './recorded-words.ts';
import { isAboutContact } from './safe-contact.ts';

type Entry = Part['entries'][number];

const fromWords = (fact: KnownFact | undefined, names: MemberNames): string => {
  const day = fact?.on ? ` on ${longDay(fact.on)}` : '';
  switch (fact?.from) {
    case 'record':
      return 'from the person’s record';
    case 'house':
      return 'put in by Safelight';
    case 'earlier':
      return `from an earlier concern, written down by ${getMemberName(names, fact.by)}${day}`;
    default:
      return `written down by ${getMemberName(names, fact?.by ?? null)}${day}`;
  }
};

/** A one-word question depends on the one before it, which may be on another page. */
const dependencyHint = ({ form }: CaseDraft, { field }: Pick<Entry, 'field'>): string => {
  const before = field.when && fieldsOf(form).find(({ key }) => key === field.when?.field);
  return before && field.asks.length < 16 ? `About “${before.asks}”` : '';
};

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Facts of the record that the form wants in another shape: a name of several words, and safe contact. */
function recordWords(from: string, { made, called }: Pick<PartPageData, 'made' | 'called'>): string {
  const names = from === 'first name' || from === 'last name';
  if (names && /\s/.test(called.trim())) return sentence(`The person’s record says: ${called}`);
  const reach = isAboutContact(from) && made.known['safe contact']?.value;
  return reach ? sentence(`The person’s record says: ${reach}`) : '';
}

/** The error for an answer that allows more contact than the record. */
export const contactTooOpenError =
  'The person’s record allows less than this. Select an answer that keeps to the record, or correct the record first';

function fieldOf(
  ask: FieldBuilder,
  entry: Entry,
  { made, called, suggested, recorded }: Pick<PartPageData, 'made' | 'called' | 'suggested' | 'recorded'>,
): Field {
  const { field, answer } = entry;
  const { needed, askedOf } = field;
  const about = dependencyHint(made, entry);
  const suggestion = answer === null ? suggested[field.from] : undefined;
  const hint = [
    about && `${about}.`,
    needed === 'no' ? 'If known.' : '',
    askedOfWords[askedOf],
    recordWords(field.from, { made, called }),
    suggestion?.says,
  ]
    .filter(Boolean)
    .join(' ');
  return formField(ask, field, {
    hint,
    value: answer ?? suggestion?.value,
    most: made.form.narrativeMost,
    recorded: recorded[field.from]?.map(({ id, from, words }) => ({ from, words, use: `${field.key} ${id}` })),
  });
}

export type PartPageData = {
  readonly concern: NrmReferral;
  readonly made: CaseDraft;
  readonly part: Part;
  readonly called: string;
  readonly names: MemberNames;
  /** What the notes of the visit suggest, where the reader may read them. */
  readonly suggested: Suggestions;
  /** What notes and record already say, offered beside the questions. */
  readonly recorded: Recorded;
  /** Shows every answer as a field, including known ones. */
  readonly all: boolean;
  /** Nothing was sent just now: the page loads normally, and each field shows its findings. */
  readonly looking?: boolean;
};

/** A form under what is known already. */
export type PartPage = FormPage & {
  /** Said above the rest where a text is held back. */
  readonly kept: string | undefined;
  /** Said once recorded words were put into an answer. */
  readonly put?: string | undefined;
  readonly known: readonly SummaryRow[];
  /** Where what is known can be changed. */
  readonly change: string | undefined;
  /** The heading over the fields. */
  readonly asks: string;
};
declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'safeguarding/nrm-form/form-part': PartPage;
  }
}

export const describePut = (asks: string): string =>
  `The recorded words are now in the answer to “${asks}”. Nothing is saved yet. Check the words with the person, change what is not right, and save.`;

/** Text that is held back stays in its field as typed, with what to do. */
export function partPage(
  { concern, made, part, called, names, suggested, recorded, all, looking = false }: PartPageData,
  typed: Answers = {},
  errors: FormErrors = {},
): PartPage {
  const ask = new FieldBuilder(typed, errors);
  const open = part.entries.filter(
    (entry) => all || entry.fault !== null || entry.answer === null || errors[entry.field.key],
  );
  const known = part.entries.filter((entry) => !open.includes(entry));
  const url = nrmPaths.part(concern.id, String(part.number));
  const shown = open.map((entry) => fieldOf(ask, entry, { made, called, suggested, recorded }));
  const stopped = part.entries.some(({ field }) => errors[field.key] && made.heldBack);
  return {
    title: part.title,
    caption: `NRM referral of ${called}`,
    errors: looking ? {} : errors,
    kept: stopped
      ? 'What you typed is kept here. It goes nowhere as it stands: say it without what is named below.'
      : undefined,
    lead: [leadOf(made)],
    known: known.map((entry) => ({
      key: { text: [entry.field.asks, dependencyHint(made, entry)].filter(Boolean).join('. ') },
      value: {
        text: `${answerText(entry.field, entry.answer).join(', ')} (${fromWords(made.known[entry.field.from], names)})`,
      },
    })),
    change: known.length > 0 ? withQuery(url, { all: 'yes' }) : undefined,
    asks: all ? 'What is known, to be changed' : 'Not known yet',
    fields: shown.length > 0 ? [...shown, ask.hidden('asked', open.map(({ field }) => field.key).join(' '))] : [],
    action: url,
    closed: shown.length === 0,
    button: 'Save and go on',
    cancel: nrmPaths.referral(concern.id),
    more:
      shown.length === 0
        ? { href: nrmPaths.referral(concern.id), text: 'Nothing is missing here: back to the concern' }
        : undefined,
  };
}

function leadOf({ way }: CaseDraft): string {
  if (way?.kind === 'notification')
    return 'A notification names nobody. Write what happened without names, numbers, addresses, nicknames, exact days or ages.';
  if (way) return 'Leave open what is not known. Do not press the person for what can wait.';
  return 'Which way this goes is not decided yet: only what both ways ask is asked here. Write without names.';
}

export const missingWords = (count: number): string =>
  count === 0 ? 'nothing missing' : `${countWord(count)} ${plural(count, 'answer')} missing`;
