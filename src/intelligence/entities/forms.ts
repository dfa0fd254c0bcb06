/** What the forms about what intelligence names accept, and their error messages. */
import { z } from 'zod';
import { Another, IdOf, OptionalLine, OptionalText, RequiredLine } from '../../platform/forms/forms.ts';
import { isDay, readMonth } from '../../vocabulary/calendar/days.ts';
import { verdicts } from '../../vocabulary/judgements.ts';
import { toE164 } from '../../vocabulary/phone-numbers.ts';
import type { ItemId } from '../items/item.ts';
import type { EntityContent, EntityId, EntityKind } from './entity.ts';

export const EntityPath = z.object({ id: IdOf<EntityId>() });
export const DecisionPath = z.object({ id: IdOf<string>() });
export const AddPath = z.object({ id: IdOf<ItemId>() });
export const LinkPath = z.object({ one: IdOf<EntityId>(), other: IdOf<EntityId>() });

const mostAliases = 10;
const Aliases = OptionalText(1_000).transform((text, context) => {
  const aliases = (text ?? '')
    .split(/[\n,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (aliases.length > mostAliases) context.addIssue(`Enter at most ${mostAliases} names`);
  return [...new Set(aliases)];
});

const birthHint = 'Enter a year like 1984, a month like March 1984, or a date like 9 3 1984';
/** “1984”, “3 1984”, “March 1984” or “9 3 1984” as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; undefined where it is none of them. */
export function readBirth(typed: string): string | undefined {
  const parts = typed.trim().split(/[\s./-]+/);
  const isoDay = parts.length === 3 && /^\d{4}$/.test(parts[0] ?? '') ? parts.join('-') : undefined;
  const [year = '', month, day] = isoDay ? isoDay.split('-') : parts.toReversed();
  if (parts.length > 3 || !/^(?:19|20)\d\d$/.test(year)) return undefined;
  if (month === undefined) return year;
  const monthed = `${year}-${readMonth(month).padStart(2, '0')}`;
  if (!isDay(`${monthed}-01`)) return undefined;
  if (day === undefined) return monthed;
  const whole = `${monthed}-${day.padStart(2, '0')}`;
  return isDay(whole) ? whole : undefined;
}
const Birth = OptionalLine(30).transform((typed, context) => {
  if (typed === null) return null;
  const born = readBirth(typed);
  if (born === undefined) context.addIssue(birthHint);
  return born ?? null;
});

const postcode = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/;
const Postcode = OptionalLine(10).transform((typed, context) => {
  if (typed === null) return null;
  const found = postcode.exec(typed.toUpperCase().replaceAll(/\s/g, ''));
  if (!found) context.addIssue('Enter a full postcode like WD17 1AA, or leave it empty');
  return found ? `${found[1]} ${found[2]}` : null;
});

const PhoneNumber = RequiredLine('Enter the number', 30).transform((typed, context) => {
  if (toE164(typed) === undefined)
    context.addIssue('Enter one whole telephone number, like 07700 900123 or +40 21 555 0100');
  return typed;
});
const Registration = RequiredLine('Enter the registration', 20)
  .transform((typed) =>
    typed
      .toUpperCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )
  .refine((typed) => /[\p{L}\p{N}].*[\p{L}\p{N}]/u.test(typed), 'Enter the letters and figures of the registration');
/** What is written for a name that nobody knows: two of them are not one person. */
const noName = /\b(?:unknown|unnamed|unidentified|male|female|man|woman|boy|girl|nk|n\/k)\b/i;
const Name = RequiredLine('Enter the name', 120).refine((name) => /\p{L}/u.test(name), 'Enter the name in letters');
const PersonName = Name.refine(
  (name) => !noName.test(name),
  'Enter a name. Leave out a person whose name is not known: the text describes them',
);

/** What each kind asks. The kind itself is in the address of the form. */
const said = {
  person: z.object({ name: PersonName, aliases: Aliases, born: Birth }),
  premises: z.object({ address: RequiredLine('Enter the address', 200), postcode: Postcode }),
  vehicle: z.object({ registration: Registration, description: OptionalLine(100) }),
  phone: z.object({ number: PhoneNumber }),
  account: z.object({ account: RequiredLine('Enter the account', 100), provider: OptionalLine(100) }),
  organisation: z.object({ name: Name, aliases: Aliases, number: OptionalLine(30) }),
} as const;

/** The content of one entity, and whether another of its kind follows. */
export const EntityForm = (kind: EntityKind) =>
  said[kind]
    .extend({ another: Another })
    .transform(({ another, ...content }) => ({ another, content: { kind, ...content } as EntityContent }));

export const DecisionForm = z.object({
  verdict: z.enum(verdicts, 'Select what you decide'),
  reason: OptionalLine(200),
  base: z.string().catch(''),
});

export const decisionErrors = {
  'decided since': {
    '': 'A colleague has decided about these two since you opened this page. Their decision is shown now: read it, then decide again.',
  },
  gone: { '': 'A colleague has removed one of the two. There is nothing left to decide.' },
  'kept apart': {
    verdict: 'A decision keeps apart two that this would join. Undo that decision first, or leave this open',
  },
  joined: { verdict: 'Other decisions say that they are the same. Undo one of those first, or leave this open' },
  'decided so': { verdict: 'That is decided already' },
  'not the last': { '': 'A colleague has decided about this since. Look at it again.' },
} as const;
