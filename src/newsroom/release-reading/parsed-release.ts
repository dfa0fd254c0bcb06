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

/** Why a file could not be read in; `detail` quotes the parser and never the file. */
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

export type Count = Extract<Quantity, { kind: 'number' }>;
export type Sex = 'female' | 'male';

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** Open on these days between these times; "24:00" is the end of the day. */
export type OpeningHours = { readonly days: readonly Weekday[]; readonly from: string; readonly to: string };

export const contactRoutes = ['emergency', 'police', 'phone', 'text message', 'website', 'email'] as const;
export type ContactRoute = (typeof contactRoutes)[number];

/** What was done with people, where a release gives how many: as a number or in words alone. */
export const treatments = ['advised', 'safeguarded', 'referred', 'identified', 'spoken to'] as const;
export type Treatment = (typeof treatments)[number];

export const powers = ['warrant', 'visit'] as const;
export type Power = (typeof powers)[number];

/** What a release says, apart from where it says so. Null: the sentence does not say. */
export type ClaimContent =
  | {
      readonly kind: 'premises';
      readonly count: Count;
      readonly town: string | null;
      /** Towns named together, without a count for each. */
      readonly towns: readonly string[];
      readonly business: string | null;
      readonly power: Power;
    }
  | {
      readonly kind: 'arrests';
      readonly count: Count;
      readonly sex: Sex | null;
      readonly town: string | null;
      readonly addresses: number | null;
      readonly matter: string | null;
    }
  | {
      readonly kind: 'person arrested';
      readonly sex: Sex | null;
      readonly age: number | null;
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
  | { readonly kind: 'people'; readonly treatment: Treatment; readonly quantity: Quantity }
  | { readonly kind: 'power'; readonly power: Power; readonly count: Count | null }
  | { readonly kind: 'officer'; readonly rank: string; readonly name: string; readonly of: string | null }
  | { readonly kind: 'without a figure'; readonly words: string };

export type ClaimKind = ClaimContent['kind'];
export type ClaimOf<Kind extends ClaimKind> = Extract<Claim, { kind: Kind }>;

/** `again`: the lines of later sentences that claim the same. */
export type Claim = ClaimContent & Place & { readonly again: readonly number[] };
