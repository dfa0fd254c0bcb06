/** What the databases say of themselves, for operators: state, queues and messages, in numbers and ages alone. */
import { sql } from 'kysely';
import { backupConnectionName } from '../platform/backup/connection-name.ts';
import { type AnyTables, beginReading, type Db, type Reader, setContext } from '../platform/database/database.ts';
import { leaderLockId, mostTries } from '../platform/jobs/outbox.ts';
import { type Channel, reasonsOfReach, reasonsOfSettings } from '../platform/messages/message.ts';
import type { QueueMeasures, Replica } from './measures.ts';

export type StoreState = {
  readonly version: string;
  readonly readOnly: boolean;
  readonly synchronous: boolean;
  readonly replicas: readonly Replica[];
  readonly now: Date;
  /** The digest of what the database was last migrated to. */
  readonly schema: string | null;
  readonly led: boolean;
};

/** A replica reports at least every ten seconds. One that is silent for longer than this is behind by its silence. */
const longestSilence = 15;

/** The delay of what it has replayed, or its silence. */
const lagSeconds = sql.raw(`greatest(extract(epoch from replay_lag),
  case when clock_timestamp() - reply_time > make_interval(secs => ${longestSilence})
    then extract(epoch from clock_timestamp() - reply_time) end)`);

/** What the superuser may have put there for logins that read no statistics: deploy/compose/database/show-replicas.sql. */
const shownReplicas = 'safelight_server.replicas()';

/** Every login may ask this. Where it may not read the state of replicas, that is null. A backup under way is no replica, and neither is what receives the log for points in time. */
export async function readState(db: Db): Promise<StoreState> {
  const { rows } = await sql<StoreState & { shown: boolean }>`
    select split_part(current_setting('server_version'), ' ', 1) as version,
           pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as read_only,
           current_setting('synchronous_standby_names') <> ''
             and current_setting('synchronous_commit') not in ('off', 'local') as synchronous,
           clock_timestamp() as now,
           split_part(obj_description(to_regnamespace('ctx')), ' ', 1) as schema,
           to_regprocedure(${shownReplicas}) is not null as shown,
           coalesce((select json_agg(json_build_object('state', state, 'lagSeconds', ${lagSeconds}))
                       from pg_stat_replication
                      where state is distinct from 'backup' and application_name is distinct from ${backupConnectionName}), '[]') as replicas,
           exists (select from pg_locks
                    where locktype = 'advisory' and granted and classid = 0 and objid = ${leaderLockId}
                      and database = (select oid from pg_database where datname = current_database())) as led`.execute(
    db,
  );
  const [row] = rows;
  if (!row) throw new Error('the database did not answer');
  const { shown, ...state } = row;
  return shown && state.replicas.some((replica) => replica.state === null)
    ? { ...state, replicas: await readShownReplicas(db) }
    : state;
}

const readShownReplicas = async (db: Db): Promise<readonly Replica[]> =>
  (await sql<Replica>`select state, lag_seconds from ${sql.raw(shownReplicas)}`.execute(db)).rows;

/** Runs as the leader, whose login reads queues. */
export async function readAsLeader<Value>(
  db: Db,
  now: Date,
  read: (tx: Reader<AnyTables>) => Promise<Value>,
): Promise<Value> {
  const tx = await beginReading(db);
  try {
    await setContext(tx, { now });
    const value = await read(tx);
    await tx.commit().execute();
    return value;
  } catch (error) {
    await tx.rollback().execute();
    throw error;
  }
}

/** An event that was given up is a finding for so many days. */
const daysRemembered = 7;

/** How long the oldest event and the oldest unsealed row have waited. */
export async function readQueues(tx: Reader<AnyTables>, now: Date): Promise<QueueMeasures> {
  const { rows } = await sql<{ outboxAt: Date | null; givenUp: number; unsealedAt: Date | null; unsealed: number }>`
    select min(at) filter (where tries < ${mostTries}) as outbox_at,
           count(*) filter (where tries >= ${mostTries}
             and at > ${now}::timestamptz - make_interval(days => ${daysRemembered})) as given_up,
           (select min(a.at) from access_log a where ${isUnsealed}) as unsealed_at,
           (select count(*) from access_log a where ${isUnsealed}) as unsealed
      from outbox where handled_at is null`.execute(tx as Db);
  const [row] = rows;
  const secondsSince = (at: Date | null | undefined): number | undefined =>
    at ? Math.max(0, (now.getTime() - at.getTime()) / 1_000) : undefined;
  return {
    outboxSeconds: secondsSince(row?.outboxAt),
    outboxGivenUp: row?.givenUp ?? 0,
    unsealedSeconds: secondsSince(row?.unsealedAt),
    unsealedRows: row?.unsealed ?? 0,
  };
}

const isUnsealed = sql`(a.xid, a.id) > (
  select coalesce(max(l.xid), '0'::xid8), coalesce(max(l.id), 0)
    from (select xid, id from log_leaves order by index desc limit 1) l)`;

/** A server may say “not now” once or twice. */
const triesThatFail = 3;

/** The ways by which a message failed often, reached no server or failed because of the settings, and waits for another try. */
export async function listFailingWays(tx: Reader<AnyTables>): Promise<Channel[]> {
  const { rows } = await sql<{ channel: Channel }>`
    select distinct channel from notification_messages
     where settled_at is null and state = 'again'
       and (tries >= ${triesThatFail} or reason = any (${sql.val([...reasonsOfSettings, ...reasonsOfReach])}::text[]))
     order by channel`.execute(tx as Db);
  return rows.map(({ channel }) => channel);
}

/** Messages on their way, and those of a week, by state. */
export async function countMessages(tx: Reader<AnyTables>, now: Date): Promise<{ state: string; count: number }[]> {
  const { rows } = await sql<{ state: string; count: number }>`
    select state, count(*) as count from notification_messages
     where settled_at is null or settled_at > ${now}::timestamptz - make_interval(days => ${daysRemembered})
     group by state order by state`.execute(tx as Db);
  return rows;
}
