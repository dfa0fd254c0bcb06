/** Intelligence that an agency shares with another: a copy that keeps its grade and handling conditions, and that can be recalled. Pure. */
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import type { Grading, Item, ItemContent, ItemId } from '../items/item.ts';

export type ShareId = Id<'intelligence share'>;

/** What leaves: nothing of the source, the recorder or the references. */
export type SharedContent = Grading & ItemContent & Pick<Item, 'happenedFrom' | 'happenedTo'>;

export type Share = {
  readonly id: ShareId;
  readonly itemId: ItemId;
  readonly agencyId: AgencyId;
  readonly toAgencyId: AgencyId;
  readonly purpose: string;
  readonly sharedBy: MemberId;
  readonly sharedAt: Date;
  readonly recalledBy: MemberId | null;
  readonly recalledAt: Date | null;
  readonly recallReason: string | null;
  /** When the other agency accepted the conditions; null until then. */
  readonly receivedAt: Date | null;
};

export const toSharedContent = (item: Item & ItemContent): SharedContent => {
  const { text, conditions, sourceEvaluation, assessment, handling, happenedFrom, happenedTo } = item;
  return { text, conditions, sourceEvaluation, assessment, handling, happenedFrom, happenedTo };
};

export const shareStates = ['recalled', 'read', 'not read yet'] as const;
export const stateOfShare = ({ recalledAt, receivedAt }: Pick<Share, 'recalledAt' | 'receivedAt'>) =>
  recalledAt ? 'recalled' : receivedAt ? 'read' : 'not read yet';
