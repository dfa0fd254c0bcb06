/** What words of a release could do to somebody, worst first. The list of findings is in this order. Pure. */
import type { Finding } from './finding.ts';

/** Each with its heading on the page of a release. */
export const harms = {
  'in the records': 'Words from the records of the case',
  'anonymity for life': 'Somebody who must stay anonymous for life',
  'one person': 'Words that describe one person',
  'exact age': 'An exact age',
  'one address': 'Words that lead to one address',
  nationality: 'A nationality or an origin',
  'arrest and help': 'Arrest and help in one sentence',
  'name before charge': 'A name before a charge',
  'active proceedings': 'Words that can harm a trial',
  'kept in': 'A detail that the publication policy keeps in',
  'another language': 'Words in another language',
  'operation not over': 'The operation is not over',
  contact: 'A contact to put right',
  'not so': 'Not what the records say',
  'hidden sign': 'A sign that is not what it seems',
  'no figure': 'A number without a figure',
  claim: 'A claim without a source',
  wording: 'Wording to change',
  bracket: 'A figure in brackets to put right',
} as const;
export type Harm = keyof typeof harms;

const usual: Readonly<Record<Finding['kind'], Harm>> = {
  name: 'in the records',
  identifying: 'one person',
  link: 'arrest and help',
  withheld: 'kept in',
  contradiction: 'not so',
  'odd sign': 'hidden sign',
  number: 'no figure',
  claim: 'claim',
  wording: 'wording',
  placeholder: 'bracket',
};
export type Harmful = { readonly harm?: Harm | undefined; readonly kind?: Finding['kind'] };
export const harmOf = ({ harm, kind = 'wording' }: Harmful): Harm => harm ?? usual[kind];

const rank = new Map((Object.keys(harms) as Harm[]).map((harm, at) => [harm, at] as const));

/** The worst first; among equals, in the order of the text. */
export const byHarm = <One extends Harmful>(findings: readonly One[]): One[] =>
  findings
    .map((finding, at) => ({ finding, at, rank: rank.get(harmOf(finding)) ?? 0 }))
    .sort((one, other) => one.rank - other.rank || one.at - other.at)
    .map(({ finding }) => finding);
