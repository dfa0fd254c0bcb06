/** Tells those who answer for an agency that it was invited. */
import type { Writer } from '../../platform/database/database.ts';
import { type NotificationTables, notify } from '../../platform/notifications/index.ts';
import { invitationRoles } from '../../vocabulary/people.ts';
import type { Operation, Partner } from '../weeks/operation.ts';

/** Own units of the agency that leads are not invited. */
export const notifyInvited = (
  tx: Writer<NotificationTables>,
  partners: readonly Pick<Partner, 'id' | 'agencyId' | 'ownUnit'>[],
  operation: Pick<Operation, 'agencyId'>,
  madeAt: Date,
): Promise<void> =>
  notify(
    tx,
    partners
      .filter(({ ownUnit }) => !ownUnit)
      .map(({ id, agencyId }) => ({
        kind: 'partner invited',
        subject: id,
        ownerId: operation.agencyId,
        to: { agency: agencyId, roles: invitationRoles },
        madeAt,
      })),
  );
