/** The list of the partners of an operation, with their states and resources. */
import type { Cell, TableSection } from '../../platform/rendering/pages.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { operationPaths, partnerInvitationPaths } from '../../vocabulary/paths/operations.ts';
import type { Operation, Partner, Resource } from '../weeks/operation.ts';
import { getPartnerState, type Invitation } from './invitation.ts';

const text = (words: string) => ({ text: words });
const columns = (...names: string[]) => names.map(text);
export const formatResources = (resources: readonly Resource[]): string =>
  resources.length === 0
    ? 'none recorded'
    : listOf(resources.map(({ what, count }) => `${count} ${formatResourceKind(what, count)}`));
const formatResourceKind = (what: string, count: number): string => (count === 1 ? what.replace(/s$/, '') : what);
export const partnerKind = ({ leads, ownUnit, kind }: Pick<Partner, 'leads' | 'ownUnit' | 'kind'>): string =>
  leads ? 'leads' : ownUnit ? 'own unit' : kind;

/** The answer and its reason are on the page of the invitation. */
const stateCell = (invitation: Invitation | undefined): Cell => {
  const state = getPartnerState(invitation);
  return invitation && state !== 'takes part'
    ? { text: state, href: partnerInvitationPaths.invitation(invitation.id) }
    : { text: state, tag: 'green' };
};

export const partnersSection = (
  operation: Pick<Operation, 'id'>,
  partners: readonly Partner[],
  invitations: readonly Invitation[],
  change: boolean,
): TableSection => ({
  kind: 'table',
  id: 'partners',
  caption: 'Partners',
  stack: true,
  columns: columns(
    'Name in print',
    'Official name',
    'Kind',
    'State',
    'Resources',
    ...(change ? ['People', 'Change'] : []),
  ),
  rows: partners.map((partner) => [
    text(partner.printedName),
    text(partner.officialName),
    { text: partnerKind(partner), tag: partner.leads ? 'green' : 'grey' },
    stateCell(invitations.find(({ id }) => id === partner.id)),
    text(formatResources(partner.resources)),
    ...(change
      ? [
          {
            text: 'Add people',
            hidden: `of ${partner.printedName}`,
            href: operationPaths.addPeople(operation.id, partner.id),
          },
          {
            text: 'Change',
            hidden: partner.printedName,
            href: operationPaths.changePartner(operation.id, partner.id),
          },
        ]
      : []),
  ]),
  empty: 'No partners yet. Add the first.',
});
