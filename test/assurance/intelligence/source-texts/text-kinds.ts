/** What the invented texts are made of. A sentence has slots: `{s}` takes a value of the scene, `{a|b|c}` one of the choices. */

export type SourceText = {
  readonly kind: string;
  readonly text: string;
  readonly report: string;
  readonly source: { readonly name?: string; readonly channel?: string };
};

export type Random = () => number;
export type Values = Readonly<Record<string, string>>;

export type Person = readonly [first: string, last: string, nick: string, title: string];

/** What the source wrote, then the sentences of the text. */
export type Pattern = readonly [report: string, ...sentences: string[]];

export type Theme = {
  readonly id: string;
  readonly place: string;
  readonly ppl: string;
  readonly businesses: readonly string[];
  readonly leads: readonly string[];
  readonly facts: readonly string[];
  readonly reports: readonly string[];
};

export type Kind = {
  readonly kind: string;
  readonly patterns: readonly Pattern[];
  /** How the text names the source, for the kinds that share `witness`. */
  readonly who?: readonly string[];
  /** Only in these themes. */
  readonly themes?: readonly string[];
  /** The sentences stand on their own, with no sentence of the theme before or after them. */
  readonly alone?: boolean;
  readonly name?: 'given' | 'absent' | 'word';
  readonly channel?: 'phone' | 'email' | 'absent';
};

// --- Values ----------------------------------------------------------------------------------------------------------
