/** What is filled in when a partner is added: names, resources and the people usually sent. Pure: no clock, database or wording. */
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import type { Partner, Resource } from '../weeks/operation.ts';

export type UsualPerson = { readonly memberId: MemberId; readonly duty: string };

export type PartnerDefault = {
  readonly id: Id<'partner default'>;
  /** The agency that leads operations and keeps these answers. */
  readonly agencyId: AgencyId;
  readonly partnerAgencyId: AgencyId;
  readonly printedName: string;
  readonly officialName: string;
  readonly resources: readonly Resource[];
  readonly people: readonly UsualPerson[];
};

/** What was typed stands; only what was left empty is filled in. */
export const fillIn = <
  Typed extends {
    readonly printedName: string | null;
    readonly officialName: string | null;
    readonly resources: readonly Resource[];
  },
>(
  typed: Typed,
  usual: Pick<PartnerDefault, 'printedName' | 'officialName' | 'resources'> | undefined,
) =>
  usual
    ? {
        ...typed,
        printedName: typed.printedName ?? usual.printedName,
        officialName: typed.officialName ?? usual.officialName,
        resources: typed.resources.length > 0 ? typed.resources : usual.resources,
      }
    : typed;

/** The people usually sent who still have an account at this agency and do not take part yet. */
export const listPeopleToAdd = (
  { people }: Pick<PartnerDefault, 'people'>,
  colleagues: readonly { readonly id: string }[],
  inside: ReadonlySet<string>,
): UsualPerson[] =>
  people.filter(({ memberId }) => colleagues.some(({ id }) => id === memberId) && !inside.has(memberId));

/** A partner of an operation as the default for the next one. */
export const toDefault = (
  { agencyId: partnerAgencyId, printedName, officialName, resources }: Partner,
  people: readonly UsualPerson[],
  { id, agencyId }: Pick<PartnerDefault, 'id' | 'agencyId'>,
): PartnerDefault => ({ id, agencyId, partnerAgencyId, printedName, officialName, resources, people });
