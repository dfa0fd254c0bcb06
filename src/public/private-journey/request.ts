/** The request made by a button on a journey: which page, in which language, with which step, and the form's fields. */
import { privateEntrance } from '../../platform/addresses.ts';
import type { Request } from '../../platform/http/server.ts';
import type { PrivateHost } from '../../platform/http/sites.ts';
import { pathOf } from './rewritten-links.ts';

export type JourneyRequest = {
  readonly step: string;
  /** The internal address. */
  readonly to: string;
  readonly way: 'GET' | 'POST';
  readonly language: string;
  /** All other fields, as they were sent: for the area behind the address. */
  readonly fields: readonly (readonly [name: string, value: string])[];
};

export const startPath = '/start';

/** The one address of the journey on the host that is asked. */
export const entranceOn = (privateHost: PrivateHost | undefined, request: Request): string =>
  privateHost?.isAsked(request) ? '/' : privateEntrance;

const journeyFields = new Set(['step', 'to', 'way', 'language', 'choose']);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

type Codes = readonly { readonly code: string }[];

/** Nobody’s form is refused here: what is missing leads to the front page, in English. Who chooses at the entrance has the offered languages. A journey that began in another one ends in it. */
export function readJourneyRequest(
  body: unknown,
  languages: { readonly all: Codes; readonly offered: Codes },
): JourneyRequest {
  const sent = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  const fields: [string, string][] = [];
  for (const [name, values] of Object.entries(sent)) {
    if (journeyFields.has(name)) continue;
    for (const value of [values].flat()) fields.push([name, String(value)]);
  }
  const chosen = textOf(sent.choose);
  const codes = chosen === undefined ? languages.all : languages.offered;
  const wanted = chosen ?? textOf(sent.language);
  return {
    step: textOf(sent.step) ?? '',
    to: textOf(sent.to) ?? startPath,
    way: sent.way === 'post' ? 'POST' : 'GET',
    language: codes.find(({ code }) => code === wanted)?.code ?? 'en',
    fields,
  };
}

/** The address with what a form that searches would have put there. */
export function addressOf({ to, way, fields }: JourneyRequest): string {
  if (way === 'POST' || fields.length === 0) return to;
  const query = new URLSearchParams(to.slice(pathOf(to).length));
  for (const [name, value] of fields) query.append(name, value);
  return `${pathOf(to)}?${query}`;
}
