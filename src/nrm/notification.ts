/** A Duty to Notify: built from listed fields alone, and only if nothing in them identifies the person. Only `notify` builds one. Pure. */
import { buildDraft, type Draft, type Entry } from './draft.ts';
import type { FactName, Facts, FactValue } from './facts.ts';
import type { FieldKind, FormVersion } from './form.ts';
import { type Finding, findIdentifying, findKnown, sentDetails } from './identifying/check.ts';
import type { Known } from './identifying/known.ts';
import { type FirstResponder, responderOn } from './responders.ts';

declare const checked: unique symbol;
/** The symbol is not exported, so only `notify` can make one. */
export type Notification = { readonly [checked]: true; readonly draft: Draft };

export type NotificationRefusal = 'identifies' | 'does not fit' | 'not a first responder' | 'not about an adult';

export type NotificationResult =
  | { readonly ok: true; readonly notification: Notification }
  | {
      readonly ok: false;
      readonly refusal: NotificationRefusal;
      readonly findings: readonly Finding[];
      readonly draft: Draft;
    };

export type Sender = {
  readonly responderId: string | null;
  /** The names of the agency and the member, from the application's own records, never typed here. */
  readonly organisation: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly responders: readonly FirstResponder[];
  readonly day: string;
};

const wordsOf = ({ field, answer }: Entry): { field: string; text: string }[] =>
  answer === null ? [] : [{ field: field.key, text: typeof answer === 'string' ? answer : answer.join('\n') }];

/** The sender’s names, roles and numbers: short, on one line, and free of what the person’s record holds. */
const short = /^[^\n\r]{1,80}$/;

/** Requires figures in a number and an address in an address, so that neither has space for a name. */
const shapes: Readonly<Partial<Record<FieldKind, readonly [RegExp, MisfitKind]>>> = {
  phone: [/^\+?[\d ()-]{5,24}(?: ?(?:x|ext\.?) ?\d{1,6})?$/i, 'not a phone number'],
  email: [/^[\w.+'-]+@[\w-]+(?:\.[\w-]+)+$/, 'not an email address'],
};

export type MisfitKind = 'not a phone number' | 'not an email address' | 'not one short line';
export type Misfit = { readonly field: string; readonly misfit: MisfitKind };

const isAboutSender = ({ field }: Entry): boolean =>
  field.notify === 'sent' && !['choice', 'choices', 'country', 'tick'].includes(field.kind);

/** Answers about the sender that are no number, address or, in a notification, short line. */
export const findMisfits = ({ branch, sections }: Draft): readonly Misfit[] =>
  sections
    .flatMap(({ entries }) => entries)
    .filter(isAboutSender)
    .flatMap((entry) => {
      const [shape, kind] = shapes[entry.field.kind] ?? [/^/, 'not one short line' as const];
      const texts = wordsOf(entry).map(({ text }) => text);
      if (texts.some((text) => !shape.test(text))) return [{ field: entry.field.key, misfit: kind }];
      return branch === 'notification' && texts.some((text) => !short.test(text))
        ? [{ field: entry.field.key, misfit: 'not one short line' as const }]
        : [];
    });

const filledByPlatform = new Set(['user-organisation', 'fr-details-first-name', 'fr-details-last-name']);

/** What the facts themselves hold about the person: searched for even if the caller does not name it. */
function knownOf(facts: Facts, more: Known): Known {
  const all = (...names: readonly FactName[]): string[] => names.flatMap((name) => many(facts[name]));
  return {
    names: [
      ...more.names,
      ...all('first name', 'last name', 'name used', 'somebody else first name', 'somebody else last name'),
    ],
    numbers: [
      ...more.numbers,
      ...all('telephone', 'other telephone', 'date of birth', 'Home Office reference', 'crime reference'),
    ],
    places: [...more.places, ...all('street', 'post town', 'town now', 'town', 'postcode')],
  };
}

/** Builds a notification, or lists everything that prevents it. `more` is what the person's record holds beyond the facts. */
export function buildNotification(form: FormVersion, facts: Facts, more: Known, sender: Sender): NotificationResult {
  const known = knownOf(facts, more);
  const draft = buildDraft(form, 'notification', {
    ...facts,
    organisation: sender.organisation,
    'your first name': sender.firstName,
    'your last name': sender.lastName,
  });
  const entries = draft.sections.flatMap((section) => section.entries);
  const no = (refusal: NotificationRefusal, findings: readonly Finding[] = []): NotificationResult => ({
    ok: false,
    refusal,
    findings,
    draft,
  });

  const free = entries.filter(({ field }) => field.notify === 'checked').flatMap(wordsOf);
  const typed = entries.filter((entry) => isAboutSender(entry) && !filledByPlatform.has(entry.field.key));
  const findings = [
    ...findIdentifying(free, known, sentDetails(single(facts.nationality), many(facts['kinds of exploitation']))),
    ...findKnown(typed.flatMap(wordsOf), known),
    ...findIdentifying(typed.filter(({ field }) => field.kind === 'text').flatMap(wordsOf), known, []),
  ];
  // Findings are returned even to somebody who may not send, so that the eventual sender need not ask again.
  if (!responderOn(sender.responders, sender.responderId, sender.day)) return no('not a first responder', findings);
  if (facts['under 18 now'] !== 'no') return no('not about an adult');
  if (findings.length > 0) return no('identifies', findings);
  if (findMisfits(draft).length > 0) return no('does not fit');
  if (draft.missing.some(({ fault }) => fault !== 'missing')) return no('does not fit');
  return { ok: true, notification: Object.freeze({ draft }) as Notification };
}

const single = (value: FactValue | undefined): string | null => (typeof value === 'string' ? value : null);
const many = (value: FactValue | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;
