/** What a reader is asked about what was noticed, and what an answer may rest on. Signs are looked for, never counted. Pure. */
import { type Exploitation, exploitations } from '../../vocabulary/exploitation.ts';
import type { HelpSeeker, Service } from '../contacts/contacts.ts';
import { appliesToAllKinds, isControlSign, type Sign } from './signs.ts';

export const readers = [
  'worried person',
  'professional',
  'it is happening to me',
] as const satisfies readonly HelpSeeker[];
export type Reader = (typeof readers)[number];

export const kinds = [...exploitations, 'not known'] as const;
export type Kind = (typeof kinds)[number];

export type SelfCheckReader = { readonly reader: Reader; readonly kind: Kind };

/** All that advice may depend on: whether there is any sign of control. How many there are is not among it. */
export const adviceBases = ['a sign of control', 'no sign of control'] as const;
export type AdviceBasis = (typeof adviceBases)[number];

/** Where the kind is not known, the signs that hold for every kind. People who ask about themselves see only signs with wording for them. */
export const signsAsked = ({ reader, kind }: SelfCheckReader, signs: readonly Sign[]): readonly Sign[] =>
  signs.filter(
    (sign) =>
      (kind === 'not known' ? appliesToAllKinds(sign) : sign.kinds.includes(kind)) &&
      (reader !== 'it is happening to me' || sign.own !== null),
  );

/** What was ticked of that which was asked: what somebody else's page, or another kind, put into the form is not heard. */
export const selectTicked = (
  asker: SelfCheckReader,
  signs: readonly Sign[],
  ticked: readonly string[],
): readonly Sign[] => signsAsked(asker, signs).filter(({ id }) => ticked.includes(id));

export const adviceBasisOf = (signs: readonly Sign[]): AdviceBasis =>
  signs.some(isControlSign) ? 'a sign of control' : 'no sign of control';

/** Readers under 18, and those who ask about someone under 18, get the answer for a child. */
export const helpSeekerOf = ({ reader, kind }: SelfCheckReader): HelpSeeker =>
  kind === 'child exploitation' ? 'child or worried about a child' : reader;

/** The kind by which services are chosen; none where the reader does not know it. */
export const exploitationOf = ({ kind }: SelfCheckReader): Exploitation | undefined =>
  kind === 'not known' ? undefined : kind;

/** Without a sign of control, services that take reports are left out: there is support, and somebody to talk it over with. People who ask about themselves see all services, whatever they ticked. */
export const servicesFor = (
  { reader }: SelfCheckReader,
  footing: AdviceBasis,
  services: readonly Service[],
): readonly Service[] =>
  footing === 'a sign of control' || reader === 'it is happening to me'
    ? services
    : services.filter(({ role }) => role === 'emergency' || role === 'support');
