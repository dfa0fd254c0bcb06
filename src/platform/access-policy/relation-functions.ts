/** From the policy table, for each store: functions of the database that tell whose record an id names and how a record stood to people, and the trigger by which every row of the log says whose record it is about. */
import type { AreaPolicy, StoreName, TableShape } from './access.ts';
import { roleName } from './row-policies.ts';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const relations = quoted(roleName('relations'));
const policyName = '"safelight:read:relations"';

type Shapes = ReadonlyMap<string, TableShape>;

/** Every table whose rows belong to an agency, with all columns by which any class of records decides access. */
function ownedTables(policy: AreaPolicy, store: StoreName): Shapes {
  const shapes = new Map<string, TableShape>();
  for (const recordClass of Object.values(policy)) {
    if ((recordClass.store ?? 'main') !== store) continue;
    // The area that owns a table says first what its rows belong to; other classes add to it.
    for (const [table, shape] of Object.entries(recordClass.tables))
      shapes.set(table, { ...shape, ...shapes.get(table) });
  }
  return new Map([...shapes].filter(([, { owner }]) => owner !== undefined));
}

/** The agency whose row this is, as an expression on the row called `x`. */
export function ownerOf(shapes: Shapes, table: string, x: string): string {
  const shape = shapes.get(table);
  if (!shape?.owner) throw new Error(`nobody owns the rows of ${table}`);
  if (typeof shape.owner === 'object') return `${x}.${quoted(shape.owner.column)}`;
  if (shape.owner === 'operation') {
    if (!shape.operation) throw new Error(`the policy of ${table} needs the column that tells its operation`);
    return `(select o.agency_id from operations o where o.id = ${x}.${quoted(shape.operation)})`;
  }
  if (!shape.parent) throw new Error(`the policy of ${table} needs its parent`);
  const [parent, column] = shape.parent;
  return `(select ${ownerOf(shapes, parent, `${x}p`)} from ${quoted(parent)} ${x}p where ${x}p.id = ${x}.${quoted(column)})`;
}

const listRelationColumns = ({
  operation,
  team,
  agency,
  author,
  self,
  recipient,
  parent,
  closed,
  immigration = [],
}: TableShape): string[] => [
  ...new Set(
    [operation, team, agency, author, self, recipient, parent?.[1], closed, ...immigration].filter(
      (name) => name !== undefined,
    ),
  ),
];

/** Statements to run in order, and those of row policies and triggers, each of which may stand already. */
export type RelationParts = { readonly statements: readonly string[]; readonly guards: readonly string[] };

export function relationParts(policy: AreaPolicy, store: StoreName): RelationParts {
  const shapes = ownedTables(policy, store);
  if (shapes.size === 0) return { statements: [], guards: [] }; // Nobody's records: no row of the log is about one.
  const versions = new Set(
    Object.values(policy)
      .flatMap((recordClass) => Object.keys(recordClass.tables))
      .filter((table) => table.endsWith('_versions') && shapes.has(table.replace(/_versions$/, ''))),
  );
  const read = [...shapes.keys(), ...versions];
  return {
    statements: [
      ...read.map((table) => `grant select on ${quoted(table)} to ${relations}`),
      `grant insert on access_log to ${relations}`,
      `grant usage on sequence access_log_id_seq to ${relations}`,
      `grant usage, create on schema ctx to ${relations}`,
      `grant usage on schema public to ${relations}`,
      `set local role ${relations}`,
      ownerFunction(shapes),
      likelyOwnerFunction(policy, shapes),
      ownersFunction(policy, shapes),
      // It asked for one record after another.
      'drop function if exists ctx.standing_of(uuid)',
      relationHistoryFunction(shapes, versions, store),
      fillFunction,
      'revoke all on function ctx.fill_owner() from public',
      'revoke all on function ctx.owner_of(uuid), ctx.likely_owner_of(uuid, text), ctx.owners_of(uuid[], text), ctx.standings_of(uuid[]) from public',
      `grant execute on function ctx.standings_of(uuid[]) to ${quoted(roleName('auditor'))}`,
      'reset role',
    ],
    guards: [
      ...read.map((table) => `create policy ${policyName} on ${quoted(table)} for select to ${relations} using (true)`),
      `create policy "safelight:add:relations" on access_log for insert to ${relations} with check (true)`,
      'create trigger fill_owner before insert on access_log for each row when (new.owner_id is null) execute function ctx.fill_owner()',
    ],
  };
}

/** Tries one look-up by key after another until one finds a row. Each is planned once per connection; a single expression would be planned again at each commit. */
const ownerFunction = (shapes: Shapes): string => {
  const tried = [...shapes.keys()].map(
    (table) => `found_owner := ${ownerLookUp(shapes, table)};
      if found_owner is not null then return found_owner; end if;`,
  );
  return `create or replace function ctx.owner_of(asked uuid) returns uuid
    language plpgsql stable security definer set search_path = public, pg_temp as $$
    declare
      found_owner uuid;
    begin
      ${tried.join('\n')}
      return null;
    end $$`;
};

const ownerLookUp = (shapes: Shapes, table: string): string =>
  `(select ${ownerOf(shapes, table, 'x')} from ${quoted(table)} x where x.id = asked)`;

/** The same for an action that names the table its record is probably in: that table is tried first. */
function likelyOwnerFunction(policy: AreaPolicy, shapes: Shapes): string {
  const likely = likelyTables(policy, shapes).map(
    ([action, table]) => [`'${action}'`, `found_owner := ${ownerLookUp(shapes, table)};`] as const,
  );
  return `create or replace function ctx.likely_owner_of(asked uuid, action text) returns uuid
    language plpgsql stable security definer set search_path = public, pg_temp as $$
    declare
      found_owner uuid;
    begin
      ${binarySearch('action', likely)}
      return coalesce(found_owner, ctx.owner_of(asked));
    end $$`;
}

/** The table of the records of each action, by the action's name. */
const likelyTables = (policy: AreaPolicy, shapes: Shapes): (readonly [action: string, table: string])[] =>
  Object.values(policy)
    .flatMap(({ tables, actions }) => {
      const table = Object.keys(tables).find((name) => shapes.has(name));
      return table ? Object.keys(actions).map((action) => [action, table] as const) : [];
    })
    .sort(([one], [other]) => (one < other ? -1 : 1));

/** The same for a list, each record once: a table is asked for all that are still without an owner. Asked for one after another, a list of 500 takes 20 ms and more. */
function ownersFunction(policy: AreaPolicy, shapes: Shapes): string {
  const names = [...shapes.keys()];
  const asked = names.map((table, spot) => {
    const owner = ownerOf(shapes, table, 'x');
    return [
      String(spot),
      `select array_agg(f.id), array_agg(f.owner) into ids, owners
        from (select x.id, ${owner} as owner from ${quoted(table)} x where x.id = any (missing)) f where f.owner is not null;`,
    ] as const;
  });
  const likely = likelyTables(policy, shapes).map(
    ([action, table]) => [`'${action}'`, `likely := ${names.indexOf(table)};`] as const,
  );
  return `create or replace function ctx.owners_of(asked uuid[], action text) returns table (id uuid, owner uuid)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
    #variable_conflict use_column
    declare
      missing uuid[] := array(select distinct u from unnest(asked) u);
      likely integer;
      spot integer;
      ids uuid[];
      owners uuid[];
    begin
      ${binarySearch('action', likely)}
      foreach spot in array array_remove(array[likely, ${names.map((_, spot) => spot).join(', ')}], null) loop
        ${binarySearch('spot', asked)}
        continue when ids is null;
        return query select * from unnest(ids, owners);
        missing := array(select u from unnest(missing) u where not u = any (ids));
        exit when cardinality(missing) = 0;
      end loop;
    end $$`;
}

/** Finds the statement of what is `sought`, halved again and again until one is left: asked one after another, a hundred actions would cost more than the look-up. Keys are SQL, in their order. */
function binarySearch(sought: string, among: readonly (readonly [key: string, statement: string])[]): string {
  const [first, ...others] = among;
  if (!first) return '';
  const [key, statement] = first;
  if (others.length === 0) return `if ${sought} = ${key} then ${statement} end if;`;
  const middle = among.length >> 1;
  const [before, after] = [among.slice(0, middle), among.slice(middle)];
  return `if ${sought} < ${among[middle]?.[0]} then ${binarySearch(sought, before)} else ${binarySearch(sought, after)} end if;`;
}

/** What records' telling columns said, from when until when: themselves, and their earlier versions. Only to those who answer for them, and the auditor. Each table is asked once for all of them: asked for one record after another, a page that weighs a thousand takes seconds. */
function relationHistoryFunction(shapes: Shapes, versions: ReadonlySet<string>, store: StoreName): string {
  const parts = [...shapes].flatMap(([table, shape]) => {
    const columns = listRelationColumns(shape);
    const now = columns.map((column) => `'${column}', x.${quoted(column)}`).join(', ');
    const kept = versions.has(`${table}_versions`);
    const last = kept ? `(select max(v.replaced_at) from ${quoted(`${table}_versions`)} v where v.id = x.id)` : 'null';
    const own = `select x.id, '${table}'::text, ${last}::timestamptz, null::timestamptz, jsonb_build_object(${now})
      from ${quoted(table)} x where x.id = any (told_of)`;
    if (!kept) return [own];
    const then = columns.map((column) => `'${column}', v.record->'${column}'`).join(', ');
    return [
      own,
      `select v.id, '${table}'::text, lag(v.replaced_at) over (partition by v.id order by v.version), v.replaced_at, jsonb_build_object(${then})
        from ${quoted(`${table}_versions`)} v where v.id = any (told_of)`,
    ];
  });
  // The first table that finds an owner decides, as for a single record.
  const owners = [...shapes.keys()].map(
    (table, place) => `select ${place} as place, x.id, ${ownerOf(shapes, table, 'x')} as owner
      from ${quoted(table)} x where x.id = any (asked_for)`,
  );
  const side = store === 'safeguarding' ? `ctx.side() = 'help' and` : '';
  return `create or replace function ctx.standings_of(asked_for uuid[])
    returns table (id uuid, kept_in text, since timestamptz, until timestamptz, said jsonb)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
    #variable_conflict use_column
    declare
      told_of uuid[];
    begin
      if (${side} ctx.roles() && array['auditor']) is true then
        told_of := asked_for;
      elsif (${side} ctx.roles() && array['data-protection lead']) is true then
        told_of := array(select o.id from (
          select distinct on (f.id) f.id, f.owner from (${owners.join('\nunion all\n')}) f
          where f.owner is not null order by f.id, f.place) o where o.owner = ctx.agency());
      else
        return;
      end if;
      return query ${parts.join('\nunion all\n')};
    end $$`;
}

/** Sets the agency whose record a row is about, whatever the writer supplied. A list of records of several agencies becomes one row each, so that no agency sees another's ids. */
const fillFunction = `create or replace function ctx.fill_owner() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    part record;
    beside access_log;
    first boolean := true;
  begin
    if new.owner_id is not null then return new; end if;
    if new.subject is not null then new.owner_id := ctx.likely_owner_of(new.subject, new.action); end if;
    if new.owner_id is not null or cardinality(new.returned) = 0 then return new; end if;
    for part in
      select o.owner, array_agg(r.id order by r.place) as ids
      from unnest(new.returned) with ordinality r (id, place)
      left join ctx.owners_of(new.returned, new.action) o on o.id = r.id group by 1 order by 1 nulls last
    loop
      if first then
        new.owner_id := part.owner;
        new.returned := part.ids;
      else
        beside := new;
        beside.id := nextval('access_log_id_seq');
        beside.owner_id := part.owner;
        beside.returned := part.ids;
        insert into access_log overriding system value select (beside).*;
      end if;
      first := false;
    end loop;
    return new;
  end $$`;
