/** What no process may do to members, accounts, invitations and temporary access: each would bypass the second person. */
import type { Kysely } from 'kysely';
import { createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { body, byProcessRole } from './sql.ts';

const refuse = (words: string): string => `raise exception '${words}' using errcode = 'insufficient_privilege'`;

export async function addGuards(db: Kysely<unknown>): Promise<void> {
  await guardMembers(db);
  await guardCredentials(db);
}

async function guardMembers(db: Kysely<unknown>): Promise<void> {
  await createTriggerFunction(
    db,
    'keep_leavers_out',
    body(`begin ${refuse('whoever has left is invited anew')}; end `),
    {
      tie: 'keep_leavers_out before update on members',
      when: `old.gone and ${byProcessRole}`,
    },
  );
  // Without one, the command line would give the next at once.
  await createTriggerFunction(
    db,
    'keep_last_lead',
    body(`
    begin
      if (new.gone or new.ended_at is not null or not new.roles && array['data-protection lead'])
         and not exists (select from members m where m.id <> new.id and m.roles && array['data-protection lead']
                            and not m.gone and m.ended_at is null) then
        raise exception 'a partnership keeps a data-protection lead' using errcode = 'check_violation';
      end if;
      return new;
    end `),
    {
      tie: 'keep_last_lead before update on members',
      when: `old.roles && array['data-protection lead'] and not old.gone and old.ended_at is null
        and (current_user = 'safelight_relations' or ${byProcessRole})`,
    },
  );
  await createTriggerFunction(
    db,
    'keep_agencies',
    body(`begin ${refuse('an agency is what it was entered as; it may leave')}; end `),
    {
      tie: 'keep_agencies before update on agencies',
      when: `(new.id, new.name, new.official_name, new.kind, new.side, new.first_responder)
        is distinct from (old.id, old.name, old.official_name, old.kind, old.side, old.first_responder) and ${byProcessRole}`,
    },
  );
}

async function guardCredentials(db: Kysely<unknown>): Promise<void> {
  // Members change their own password by a function. An account can be added only for a member who was just made.
  await createTriggerFunction(
    db,
    'keep_accounts',
    body(`
    begin
      if tg_op = 'UPDATE' then ${refuse('an account is its holder’s to change')}; end if;
      if not exists (
        select from members m where m.id = new.member_id and m.agency_id = new.agency_id and not m.gone and (m.roles = '{}'
           or not exists (select from member_terms t where t.member_id = m.id and t.since < coalesce(ctx.now(), now())))) then
        ${refuse('an account is made with its member')};
      end if;
      return new;
    end `),
    { tie: 'keep_accounts before insert or update on accounts', when: byProcessRole },
  );
  await createTriggerFunction(
    db,
    'keep_passes',
    body(`
    begin
      if tg_op = 'UPDATE' and (new.id, new.agency_id, new.operation_id, new.member_id, new.code_hash, new.starts_at, new.ends_at, new.made_by)
           is distinct from (old.id, old.agency_id, old.operation_id, old.member_id, old.code_hash, old.starts_at, old.ends_at, old.made_by)
         or not exists (select from members m where m.id = new.member_id and m.agency_id = new.agency_id and m.shift_only) then
        ${refuse('a pass is for a volunteer of one shift, and stays as it was made')};
      end if;
      return new;
    end `),
    { tie: 'keep_passes before insert or update on shift_passes', when: byProcessRole },
  );
}
