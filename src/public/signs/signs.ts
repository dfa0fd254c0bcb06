/** What a sign is, which signs are in force on a day, and what a sign may never carry. Pure. */
import { type Exploitation, exploitations } from '../../vocabulary/exploitation.ts';
import { inForce, type Source } from '../contacts/contacts.ts';

export const signGroups = ['control', 'means nothing alone'] as const;
export type SignGroup = (typeof signGroups)[number];

/** How a sign is known: an onlooker can observe it, the person discloses it, or it concerns the person’s health. */
export const evidenceKinds = ['observable', 'disclosed', 'health'] as const;
export type Evidence = (typeof evidenceKinds)[number];

export type Sign = {
  readonly id: string;
  /** Its place in the list of the model release, or null where it is not one of the ten. */
  readonly model: number | null;
  readonly group: SignGroup;
  readonly evidence: Evidence;
  /** Staff record it at a visit, and no public page shows it. */
  readonly visitsOnly: boolean;
  /** The kind that it is listed under, then the others for which it is asked. */
  readonly kinds: readonly [Exploitation, ...Exploitation[]];
  readonly text: string;
  /** The same, worded for people who ask about themselves; null where they are not asked. */
  readonly own: string | null;
  /** What it may show; in the second group, why it means nothing alone. */
  readonly why: string;
  readonly innocent: string;
  readonly caution: string;
  readonly sources: readonly Source[];
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly dateChecked: string;
};

/** A sentence that must accompany the signs wherever they are shown. */
export type Framing = { readonly id: string; readonly text: string; readonly source: Source };

export const signsOn = (signs: readonly Sign[], day: string): readonly Sign[] =>
  signs.filter((sign) => inForce(sign, day));

/** Whether advice to report may lean on it. Signs are not added up: many of the second group are still none of the first. */
export const isControlSign = (sign: Sign): boolean => sign.group === 'control';

/** What a visit may hold: enforcement, immigration officers too, reads only what an onlooker could observe. */
export const isObservable = <One extends Pick<Sign, 'evidence'>>(sign: One): sign is One & { evidence: 'observable' } =>
  sign.evidence === 'observable';

/** Explained to the public, and recorded of nobody: language is never a ground. */
const aboutLanguage = ['little English', 'few words of English'];
/** What a visit may record of somebody. */
export const isRecordable = <One extends Pick<Sign, 'evidence' | 'id'>>(
  sign: One,
): sign is One & { evidence: 'observable' } => isObservable(sign) && !aboutLanguage.includes(sign.id);

/** What the support agencies alone record: what a person disclosed, and the person’s health. */
export const isDisclosed = (sign: Pick<Sign, 'evidence'>): boolean => !isObservable(sign);

export const appliesToAllKinds = ({ kinds }: Sign): boolean => kinds.length === exploitations.length;

export type GroupedSigns = {
  readonly of: 'every kind' | Exploitation | 'means nothing alone';
  readonly signs: readonly Sign[];
};

/** As a list is read: signs of control that hold for every kind, those of each kind under the first that it names, then those that mean nothing alone. */
export function groupSigns(signs: readonly Sign[]): readonly GroupedSigns[] {
  const control = signs.filter(isControlSign);
  const own = exploitations.map(
    (kind): GroupedSigns => ({
      of: kind,
      signs: control.filter((sign) => !appliesToAllKinds(sign) && sign.kinds[0] === kind),
    }),
  );
  const groups: readonly GroupedSigns[] = [
    { of: 'every kind', signs: control.filter(appliesToAllKinds) },
    ...own,
    { of: 'means nothing alone', signs: signs.filter((sign) => !isControlSign(sign)) },
  ];
  return groups.filter((group) => group.signs.length > 0);
}

/** As staff read it at a visit: the kinds that fit the premises first, then signs for every kind. Beside its signs of control, each kind has those of visits that mean nothing alone. */
export function groupVisitSigns(signs: readonly Sign[], fitting: readonly Exploitation[]): readonly GroupedSigns[] {
  const kindOf = ({ kinds }: Sign): Exploitation => fitting.find((kind) => kinds.includes(kind)) ?? kinds[0];
  const byKind = (sign: Sign): boolean => !appliesToAllKinds(sign) && (isControlSign(sign) || sign.visitsOnly);
  const order = [...fitting, ...exploitations.filter((kind) => !fitting.includes(kind))];
  const own = order.map(
    (kind): GroupedSigns => ({
      of: kind,
      signs: signs
        .filter((sign) => byKind(sign) && kindOf(sign) === kind)
        .toSorted((one, other) => Number(isControlSign(other)) - Number(isControlSign(one))),
    }),
  );
  const groups: readonly GroupedSigns[] = [
    ...own.slice(0, fitting.length),
    { of: 'every kind', signs: signs.filter((sign) => isControlSign(sign) && appliesToAllKinds(sign)) },
    ...own.slice(fitting.length),
    { of: 'means nothing alone', signs: signs.filter((sign) => !isControlSign(sign) && !byKind(sign)) },
  ];
  return groups.filter((group) => group.signs.length > 0);
}

/** The ten of the model release, in its order. */
export const tenSigns = (signs: readonly Sign[]): readonly Sign[] =>
  signs.filter(({ model }) => model !== null).toSorted((a, b) => (a.model ?? 0) - (b.model ?? 0));
