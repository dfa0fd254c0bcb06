/** An imported release: published by another agency, stored byte for byte, with its claims. */
import type { Quantity } from '../../vocabulary/figures.ts';
import type { Accepted, Refused } from '../../vocabulary/result.ts';
import { megabyte } from '../../vocabulary/sizes.ts';

export const largestFile = megabyte;

export const badFileReasons = [
  'too large',
  'empty',
  'not UTF-8',
  'NUL character',
  'no front matter',
  'front matter never ends',
  'front matter is not YAML',
  'front matter is not made of keys',
  'alias, anchor or tag',
  'key given twice',
] as const;
export type BadFileReason = (typeof badFileReasons)[number];

/** Why a file could not be read in; `detail` quotes the parser, or names a key, and no other part of the file. */
export type BadFile = Refused<BadFileReason> & {
  readonly fileName: string;
  readonly line: number;
  readonly detail: string;
};

/** A file is read in or named as bad: fits `Result<Cutting, BadFileReason>`. */
export type Reading = Accepted<ParsedRelease> | BadFile;

export const noteKinds = [
  'key missing',
  'key not known',
  'key given in two ways',
  'date not read',
  'date in another form',
  'weekday and date disagree',
  'front matter needed quotes',
  'comment in the front matter',
] as const;
export type Note = { readonly kind: (typeof noteKinds)[number]; readonly line: number; readonly detail: string };

export type KeptKey = { readonly key: string; readonly value: string; readonly line: number };

/** The five keys of the model's front matter, by the path each has in it. */
export const formKeys = ['area', 'og.description', 'publish.date', 'title', 'url'] as const;
export type FormKey = (typeof formKeys)[number];

export type ParsedRelease = {
  readonly fileName: string;
  /** The original file. An unedited imported release exports these bytes. */
  readonly source: Uint8Array;
  readonly form: 'fenced' | 'dashed';
  readonly area: string | null;
  readonly description: string | null;
  readonly publishDate: string | null;
  readonly publishDateAsWritten: string | null;
  readonly title: string | null;
  readonly url: string | null;
  readonly unknownKeys: readonly KeptKey[];
  /** The line of the file on which each known key stands. */
  readonly lineOf: Readonly<Partial<Record<FormKey, number>>>;
  readonly body: string;
  readonly bodyLine: number;
  readonly notes: readonly Note[];
};

/** Where in a release something is said. */
export const parts = ['title', 'description', 'front matter', 'key points', 'body'] as const;
export type Part = (typeof parts)[number];

/** The sentence a claim came from, as written, and the line of the file on which that sentence begins. */
export type Place = { readonly part: Part; readonly line: number; readonly sentence: string };

/** How a number is said. "more than 40" is not 40, and "almost 40" is less; `to` is the end of "between 40 and 60". */
export const qualifiers = ['exact', 'at least', 'more than', 'about', 'almost', 'up to', 'between'] as const;
export type Qualifier = (typeof qualifiers)[number];
export type Count = {
  readonly kind: 'number';
  readonly value: number;
  readonly qualifier: Qualifier;
  readonly to?: number;
};

/** A count as our own returns say counts. */
export function asQuantity(count: Count | Exclude<Quantity, { kind: 'number' }>): Quantity {
  if (count.kind !== 'number') return count;
  const { kind, value, qualifier } = count;
  if (qualifier === 'exact' || qualifier === 'about') return { kind, value, qualifier };
  return { kind, value, qualifier: qualifier === 'almost' || qualifier === 'up to' ? 'about' : 'at least' };
}

/** Whether the text says that a count is the whole ("in all"), more of it ("a further 12") or a part ("two of them"). */
export const scopes = ['in all', 'further', 'part'] as const;
export type Scope = (typeof scopes)[number];

/** Where a count was. Without town, towns and region the sentence does not say where; without scope, not of what. */
export type Where = {
  readonly town: string | null;
  /** Towns named together, without a count for each. */
  readonly towns?: readonly string[];
  /** A county, a region, a country or a force's area. */
  readonly region?: string;
  readonly scope?: Scope;
};

export type Sex = 'female' | 'male';

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** Open on these days between these times; "24:00" is the end of the day. */
export type OpeningHours = { readonly days: readonly Weekday[]; readonly from: string; readonly to: string };

export const contactRoutes = ['emergency', 'police', 'phone', 'text message', 'website', 'email'] as const;
export type ContactRoute = (typeof contactRoutes)[number];

/** What was done with people, where a release gives how many: as a number or in words alone. */
export const treatments = [
  'advised',
  'safeguarded',
  'referred',
  'identified',
  'spoken to',
  'rescued',
  'supported',
  'checked',
  'charged',
] as const;
export type Treatment = (typeof treatments)[number];

export const powers = ['warrant', 'visit'] as const;
export type Power = (typeof powers)[number];

export const thingTreatments = ['seized', 'checked', 'found'] as const;
export type ThingTreatment = (typeof thingTreatments)[number];

export const currencies = ['GBP', 'EUR', 'USD'] as const;
export type Currency = (typeof currencies)[number];

export const takingPart = ['officers', 'countries', 'agencies'] as const;
export type TakingPart = (typeof takingPart)[number];

/** What a release says, apart from where it says so. Null: the sentence does not say. */
export type ClaimContent =
  | ({
      readonly kind: 'premises';
      readonly count: Count;
      readonly business: string | null;
      readonly power: Power;
    } & Where)
  | ({
      readonly kind: 'arrests';
      readonly count: Count;
      readonly sex: Sex | null;
      readonly addresses: number | null;
      readonly matter: string | null;
    } & Where)
  | {
      readonly kind: 'person arrested';
      readonly sex: Sex | null;
      readonly age: number | null;
      /** "in his 50s" is 50 to 59; of several people, the range that they share. */
      readonly ageRange?: readonly [number, number];
      readonly home: string | null;
      readonly matter: string | null;
    }
  | { readonly kind: 'window'; readonly from: string; readonly to: string }
  | { readonly kind: 'published'; readonly day: string }
  | { readonly kind: 'unit'; readonly name: string }
  | { readonly kind: 'partner'; readonly name: string; readonly own: boolean }
  | { readonly kind: 'sign'; readonly text: string }
  | {
      readonly kind: 'contact';
      readonly route: ContactRoute;
      readonly name: string | null;
      /** Digits alone for a number; no scheme and no final slash for an address. */
      readonly value: string;
      readonly asWritten: string;
      readonly hours: readonly OpeningHours[] | null;
    }
  | { readonly kind: 'social'; readonly handle: string; readonly network: string | null }
  | ({
      readonly kind: 'people';
      readonly treatment: Treatment;
      readonly quantity: Count | Exclude<Quantity, { kind: 'number' }>;
      /** The release's word for them, in small letters: "women", "potential victims". */
      readonly who?: string;
    } & Partial<Where>)
  | ({ readonly kind: 'power'; readonly power: Power; readonly count: Count | null } & Partial<Where>)
  /** Vehicles, documents, telephones, money. */
  | ({
      readonly kind: 'things';
      readonly what: string;
      readonly treatment: ThingTreatment;
      readonly count: Count;
      readonly currency?: Currency;
    } & Partial<Where>)
  | { readonly kind: 'operation'; readonly name: string }
  | { readonly kind: 'taking part'; readonly who: TakingPart; readonly count: Count }
  | { readonly kind: 'officer'; readonly rank: string; readonly name: string; readonly of: string | null }
  /** Somebody quoted who bears no rank. */
  | { readonly kind: 'speaker'; readonly name: string; readonly role: string }
  | { readonly kind: 'without a figure'; readonly words: string };

export type ClaimKind = ClaimContent['kind'];
export type ClaimOf<Kind extends ClaimKind> = Extract<Claim, { kind: Kind }>;

/** `again`: the lines of later sentences that claim the same. */
export type Claim = ClaimContent & Place & { readonly again: readonly number[] };

/** A figure of the text that no claim took: listed for the editor, so that a miss shows. `value` is null for "dozens". */
export type Unread = Place & { readonly words: string; readonly value: number | null };

/** All that is read from one release. */
export type ReleaseFacts = { readonly claims: readonly Claim[]; readonly unread: readonly Unread[] };

/** What a claim counts, for a table or JSON: null where it counts nothing. */
export function countOf(claim: ClaimContent): Count | null {
  if ('count' in claim) return claim.count;
  if (claim.kind === 'people' && claim.quantity.kind === 'number') return claim.quantity;
  return claim.kind === 'person arrested' ? { kind: 'number', value: 1, qualifier: 'exact' } : null;
}

/** Where a claim says it was, for a table or JSON: null where it does not say. */
export function placeNamed(claim: ClaimContent): readonly string[] | null {
  if (!('town' in claim || 'towns' in claim || 'region' in claim)) return null;
  if (claim.town) return [claim.town];
  if (claim.towns && claim.towns.length > 0) return claim.towns;
  return claim.region ? [claim.region] : null;
}
