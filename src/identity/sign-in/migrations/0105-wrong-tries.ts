import { type Kysely, sql } from 'kysely';
import { assignFunctionOwner, createDefinerFunction } from '../../../platform/access-policy/definer-functions.ts';

/** Counts wrong answers alone. A try holds a place while it is checked, so that many at once are no more than allowed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop function ctx.may_try(jsonb, timestamptz)`.execute(db);
  await sql`drop function ctx.tried_well(jsonb)`.execute(db);
  await sql`truncate sign_in_tries`.execute(db);
  await sql`alter table sign_in_tries rename column tries to wrong`.execute(db);
  await sql`alter table sign_in_tries add column checking timestamptz[] not null default '{}'`.execute(db);
  await sql`
    create function ctx.wrong_left(wrong double precision, since timestamptz, moment timestamptz, leak double precision)
    returns double precision language sql immutable as $$
      select greatest(0, wrong - greatest(0, extract(epoch from moment - since)) / leak) $$`.execute(db);
  await assignFunctionOwner(db, 'wrong_left(double precision, timestamptz, timestamptz, double precision)');
  await createDefinerFunction(
    db,
    ['staff'],
    'reserve_try(jsonb, timestamptz, timestamptz)',
    `-- Nought where the try may be checked now; the seconds to wait; null where other tries are being checked.
     create function ctx.reserve_try(buckets jsonb, moment timestamptz, until timestamptz) returns double precision
     language plpgsql security definer set search_path = public, pg_temp as $$
     declare
       b record;
       t sign_in_tries;
       waiting double precision := 0;
       busy boolean := false;
     begin
       -- All rows are locked, in one order, before any is changed.
       for b in select decode(x.key, 'hex') as key, x.allowance, x.leak
                  from jsonb_to_recordset(buckets) as x(key text, allowance float8, leak float8) order by 1 loop
         insert into sign_in_tries (key, wrong, at, free_at) values (b.key, 0, moment, 'epoch') on conflict do nothing;
         select * into t from sign_in_tries s where s.key = b.key for update;
         waiting := greatest(waiting, extract(epoch from t.free_at - moment));
         busy := busy or (select count(*) from unnest(t.checking) c where c > moment)
           >= greatest(1, floor(b.allowance - ctx.wrong_left(t.wrong, t.at, moment, b.leak)));
       end loop;
       if waiting > 0 then return waiting; end if;
       if busy then return null; end if;
       update sign_in_tries s
          set at = greatest(s.at, moment), wrong = ctx.wrong_left(s.wrong, s.at, moment, x.leak),
              checking = array(select c from unnest(s.checking) c where c > moment) || until
         from jsonb_to_recordset(buckets) as x(key text, leak float8) where s.key = decode(x.key, 'hex');
       return 0;
     end $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'settle_try(jsonb, timestamptz, timestamptz, boolean)',
    `create function ctx.settle_try(buckets jsonb, reserved timestamptz, moment timestamptz, was_right boolean) returns void
     language plpgsql security definer set search_path = public, pg_temp as $$
     begin
       perform 1 from sign_in_tries s
         where s.key in (select decode(x.key, 'hex') from jsonb_to_recordset(buckets) as x(key text))
         order by s.key for update;
       update sign_in_tries s
          set at = greatest(s.at, moment),
              checking = case when n.place is null then s.checking
                else s.checking[:n.place - 1] || s.checking[n.place + 1:] end,
              wrong = case when was_right and x.own then 0 else n.wrong end,
              free_at = case when was_right and x.own then 'epoch' when was_right or ceil(n.wrong) < x.allowance then s.free_at
                else greatest(s.at, moment)
                  + make_interval(secs => least(x.longest, x.first * power(2, least(30, greatest(0, floor(n.wrong - x.allowance)))))) end
         from jsonb_to_recordset(buckets) as x(key text, allowance float8, leak float8, first float8, longest float8, own boolean)
        cross join lateral (
              select array_position(o.checking, reserved) as place,
                     ctx.wrong_left(o.wrong, o.at, moment, x.leak) + case when was_right then 0 else 1 end as wrong
                from sign_in_tries o where o.key = decode(x.key, 'hex')) n
        where s.key = decode(x.key, 'hex');
     end $$`,
  );
}
