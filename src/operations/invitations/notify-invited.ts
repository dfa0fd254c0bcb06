/** Tells those who answer for an agency that it was invited. */
import type { Writer } from '../../platform/database/database.ts';
import { type NotificationTables, notify } from '../../platform/notifications/index.ts';
import { invitationRoles } from '../../vocabulary/people.ts';
import type { Operation, Partner } from '../weeks/operation.ts';

export const notifyInvited = (
  tx: Writer<NotificationTables>,
  partner: Pick<Partner, 'id' | 'agencyId'>,
  operation: Pick<Operation, 'agencyId'>,
  madeAt: Date,
): Promise<void> =>
  notify(tx, [
    {
      kind: 'partner invited',
      subject: partner.id,
      ownerId: operation.agencyId,
      to: { agency: partner.agencyId, roles: invitationRoles },
      madeAt,
    },
  ]);
