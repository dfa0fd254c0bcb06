/** The policy with one clause of one rule wrong: left out, turned round or widened. Each must be noticed. */
import {
  type AreaPolicy,
  databaseRoleFor,
  purposesOf,
  type RecordClass,
  type Relation,
  type Rule,
  type StoreName,
  type TableShape,
  type Verb,
  verbs,
} from '../../src/platform/access-policy/access.ts';
import { relationClause } from '../../src/platform/access-policy/row-policies.ts';
import { storeRoles } from '../../src/platform/config.ts';
import { type Purpose, purposes, type Role, roles, sides } from '../../src/vocabulary/people.ts';

export type Mutant = {
  readonly name: string;
  readonly policy: AreaPolicy;
  /** The class that is changed, and what it names: its store, its tables, its actions. */
  readonly of: string;
  readonly store: StoreName;
  readonly tables: readonly string[];
  readonly actions: readonly string[];
  /** One that opens more and comes out the same opens nothing: it is no mutant. One that opens less and comes out the same shows a clause that says nothing. */
  readonly widens: boolean;
  /** Members who are most likely to notice: those whom the rule names, or no longer names. */
  readonly named: readonly Role[];
};

/** One at a time, every mutant that differs from the original. Columns are read back by name, so one more and one fewer represent a long list. */
export function policyMutants(
  policy: AreaPolicy,
  columnsOf: (store: StoreName, table: string) => readonly string[],
): Mutant[] {
  const found: Mutant[] = [];
  for (const [name, recordClass] of Object.entries(policy)) {
    const store = recordClass.store ?? 'main';
    const add = (what: string, changed: RecordClass, named: readonly Role[] = []) =>
      found.push({
        name: `${name}: ${what}`,
        policy: { ...policy, [name]: changed },
        of: name,
        store,
        tables: Object.keys(recordClass.tables),
        actions: Object.keys(recordClass.actions),
        widens: /(^| )also (to|for) |asks to|is for/.test(what),
        named,
      });
    for (const [index, rule] of recordClass.rules.entries()) {
      const named = Array.isArray(rule.roles) ? (rule.roles as readonly Role[]) : [];
      for (const [what, ...instead] of ruleMutants(rule, recordClass, policy)) {
        const changed = recordClass.rules.flatMap((one, at) => (at === index ? instead : [one]));
        add(`rule ${index + 1} (${told(rule)}) ${what}`, { ...recordClass, rules: changed }, likeliest(what, named));
      }
    }
    for (const [table, shape] of Object.entries(recordClass.tables)) {
      const { [table]: _without, ...others } = recordClass.tables;
      add(`without its table ${table}`, { ...recordClass, tables: others });
      for (const [what, changed] of shapeMutants(shape, columnsOf(store, table)))
        add(`${table} ${what}`, { ...recordClass, tables: { ...recordClass.tables, [table]: changed } });
    }
    for (const [action, [verb, purpose]] of Object.entries(recordClass.actions)) {
      const instead = (changed: RecordClass['actions'][string]) => ({
        ...recordClass,
        actions: { ...recordClass.actions, [action]: changed },
      });
      for (const other of verbs) if (other !== verb) add(`${action} asks to ${other}`, instead([other, purpose]));
      for (const other of purposes) if (other !== purpose) add(`${action} is for ${other}`, instead([verb, other]));
    }
  }
  return found;
}

function likeliest(what: string, named: readonly Role[]): readonly Role[] {
  const without = named.find((role) => what === `without ${role}`);
  if (without) return [without];
  return what === 'for every member' ? roles.filter((role) => !named.includes(role)) : named;
}

const told = ({ roles: who, verbs: what, relation }: Rule): string =>
  `${typeof who === 'string' ? who : who.join(', ')} ${what.join(', ')}${typeof relation === 'string' ? ` by ${relation}` : ''}`;

/** What the mutant is, and the rules that replace the original. */
function ruleMutants(rule: Rule, recordClass: RecordClass, policy: AreaPolicy): [string, ...Rule[]][] {
  const found: [string, ...Rule[]][] = [['left out']];
  const set = (what: string, change: Partial<Rule>) => found.push([what, { ...rule, ...change }]);
  if (Array.isArray(rule.roles)) {
    const named = rule.roles as readonly Role[];
    if (named.length > 1)
      for (const role of named) set(`without ${role}`, { roles: named.filter((one) => one !== role) });
    set('for all roles but these', { roles: roles.filter((role) => !named.includes(role)) });
    set('for every member', { roles: 'member' });
  } else if (rule.roles === 'member') {
    // Every other relation needs a signed-in member.
    if (rule.relation === 'any') set('for anyone', { roles: 'anyone' });
  } else set('for members alone', { roles: 'member' });
  const { side, fields, ...without } = rule;
  if (side) {
    found.push(['on both sides', fields === undefined ? without : { ...without, fields }]);
    set('on the other side', { side: sides.find((other) => other !== side) as Rule['side'] & string });
  }
  if (fields !== undefined) found.push(['with all fields', side ? { ...without, side } : without]);
  // What another rule opens to all of these already is widened by nothing.
  const covered = (verb: Verb, purpose: Purpose) => {
    const others = [...recordClass.rules, ...wholeRulesBeside(recordClass, policy, rule.side)].filter(
      (other) => other !== rule && other.verbs.includes(verb) && opensAt(other, purpose),
    );
    if (others.some((other) => includesRoles(other.roles, rule.roles))) return true;
    // Or where each of them has another rule that asks for no more than this one.
    const wider = others.filter((other) => asksNoMore(other, rule, Object.values(recordClass.tables)));
    return (
      Array.isArray(rule.roles) &&
      rule.roles.every((role) => wider.some(({ roles: all }) => includesRoles(all, [role])))
    );
  };
  const doors = storeRoles[recordClass.store ?? 'main'];
  for (const purpose of purposesOf(rule)) {
    const others = purposesOf(rule).filter((one) => one !== purpose);
    const door = databaseRoleFor[purpose];
    const alone = !others.some((one) => databaseRoleFor[one] === door);
    if (others.length > 0 && alone && doors.includes(door)) set(`without ${purpose}`, { purpose: others });
  }
  for (const purpose of purposes)
    if (
      doors.includes(databaseRoleFor[purpose]) &&
      !opensAt(rule, purpose) &&
      !rule.verbs.every((verb) => covered(verb, purpose))
    )
      set(`also for ${purpose}`, { purpose: [...purposesOf(rule), purpose] });
  for (const verb of verbs) {
    if (!rule.verbs.includes(verb)) {
      if (
        !purposesOf(rule).every((purpose) => covered(verb, purpose)) &&
        !emptyInGlass(rule, verb, recordClass, policy)
      )
        set(`also to ${verb}`, { verbs: [...rule.verbs, verb] });
    } else if (rule.verbs.length > 1) set(`without ${verb}`, { verbs: rule.verbs.filter((one) => one !== verb) });
  }
  const shapes = Object.values(recordClass.tables).filter((shape) => !fields || shape.groups?.[fields]);
  // Where another rule opens every row to these roles, this one only lets them begin an action. Leaving it out tests that.
  const opened = rule.verbs.every((verb) =>
    purposesOf(rule).every((purpose) => opensAll(recordClass, rule, verb, purpose)),
  );
  for (const [what, relation] of relationMutants(rule.relation, shapes))
    if (!opened || what !== 'of no row') set(what, { relation });
  return found;
}

/** Whether another rule of the class opens every row, with all its fields, to all whom this one names. */
const opensAll = ({ rules }: RecordClass, rule: Rule, verb: Verb, purpose: Purpose): boolean =>
  rules.some(
    (other) =>
      other !== rule &&
      other.relation === 'any' &&
      !other.side &&
      !other.fields &&
      other.verbs.includes(verb) &&
      opensAt(other, purpose) &&
      includesRoles(other.roles, rule.roles),
  );

/** Whether each condition of the one is a condition of the other. */
const asksNoMore = (one: Rule, other: Rule, shapes: readonly TableShape[]): boolean =>
  (!one.side || one.side === other.side) &&
  shapes.every((shape) => {
    const asked = conditionsOf(other.relation, shape);
    return conditionsOf(one.relation, shape).every((condition) => asked.includes(condition));
  });

function conditionsOf(relation: Relation, shape: TableShape): string[] {
  const text = typeof relation === 'object' ? relation.sql : relationClause('', shape, relation)?.replaceAll('"', '');
  if (!text) return [];
  const parts = partsOf(text);
  return parts.some((part) => part.joined === 'or') ? [text] : parts.map(({ words }) => words);
}

/** Rules of other classes that open every row of the same tables, or every row whose parent is seen as here, to whom they name on that side. */
const wholeRulesBeside = (recordClass: RecordClass, policy: AreaPolicy, side: Rule['side']): readonly Rule[] =>
  Object.values(policy)
    .filter(
      (other) =>
        other !== recordClass &&
        other.store === recordClass.store &&
        Object.keys(recordClass.tables).length > 0 &&
        Object.entries(recordClass.tables).every(
          ([table, { parent }]) =>
            other.tables[table] && [undefined, parent?.join()].includes(other.tables[table].parent?.join()),
        ),
    )
    .flatMap(({ rules }) =>
      rules.filter((rule) => rule.relation === 'any' && [undefined, side].includes(rule.side) && !rule.fields),
    );

/** Emergency access works only in a read-only transaction: `ctx.glass()` is nothing in any other. Where that verb is granted at all, another clause that asks for it is always false. */
const emptyInGlass = (rule: Rule, verb: Verb, recordClass: RecordClass, policy: AreaPolicy): boolean =>
  verb !== 'read' &&
  // Such a clause still lets its roles begin the actions of that verb.
  Object.values(recordClass.actions).every(([asked]) => asked !== verb) &&
  Object.keys(recordClass.tables).length > 0 &&
  Object.entries(recordClass.tables).every(
    ([table, shape]) =>
      conditionsOf(rule.relation, shape).some(asksForGlass) &&
      Object.values(policy).some(
        (other) =>
          other.store === recordClass.store &&
          other.tables[table] &&
          other.rules.some(
            (one) =>
              one.verbs.includes(verb) && !one.fields && purposesOf(rule).every((purpose) => opensAt(one, purpose)),
          ),
      ),
  );

const asksForGlass = (condition: string): boolean => /^\w+ = \(select ctx\.glass\(\)\)$/.test(condition);

const opensAt = (rule: Rule, purpose: Purpose): boolean =>
  purposesOf(rule).some((one) => databaseRoleFor[one] === databaseRoleFor[purpose]);
const includesRoles = (all: Rule['roles'], some: Rule['roles']): boolean =>
  all === 'anyone' ||
  (all === 'member' && some !== 'anyone') ||
  (Array.isArray(all) && Array.isArray(some) && some.every((role) => all.includes(role)));

const telling = {
  operation: ['member', 'partner'],
  team: ['team'],
  agency: ['own agency'],
  author: ['author'],
  self: ['self'],
  recipient: ['recipient'],
  custodian: ['custodian'],
  opened: ['opened'],
} as const;

const tellingOf = (relation: string): keyof typeof telling =>
  (Object.keys(telling) as (keyof typeof telling)[]).find((column) =>
    telling[column].some((one: string) => one === relation),
  ) ?? 'operation';

const asSql = (sql: string): Relation => ({ sql, words: 'as a mutant says' });

function relationMutants(relation: Relation, shapes: readonly TableShape[]): [string, Relation][] {
  if (typeof relation === 'object')
    return sqlMutants(relation.sql).map(([what, other]) => [
      what,
      typeof other === 'object' && relation.of ? { ...other, of: relation.of } : other,
    ]);
  const found: [string, Relation][] = relation === 'any' ? [] : [['of any row', 'any']];
  for (const [column, relations] of Object.entries(telling))
    if (shapes.some((shape) => shape[column as keyof typeof telling]))
      for (const other of relations) if (other !== relation) found.push([`by ${other} instead`, other]);
  if (shapes.length > 0) found.push(['of no row', asSql('false')]);
  if (relation === 'any') return found;
  const column = tellingOf(relation);
  const [first] = shapes;
  // Where each of its tables bears the column itself, and by one name.
  if (first?.[column] && shapes.every((shape) => shape[column] === first[column]))
    found.push(['turned round', asSql(turnedRound(relationClause('', first, relation) ?? 'true'))]);
  return found;
}

/** The whole negated, and each part left out or negated. Parts end at `and` and `or` outside brackets. */
function sqlMutants(text: string): [string, Relation][] {
  const found: [string, Relation][] = [
    ['of any row', 'any'],
    ['turned round', asSql(turnedRound(text))],
  ];
  const parts = partsOf(text);
  for (const [index, { words }] of parts.entries()) {
    if (parts.length < 2) break;
    const shown = words.replaceAll(/\s+/g, ' ').slice(0, 50);
    const turned = parts.map((part, at) => (at === index ? { ...part, words: turnedRound(words) } : part));
    found.push([`without “${shown}”`, asSql(joined(parts.filter((_part, at) => at !== index)))]);
    found.push([`with “${shown}” turned round`, asSql(joined(turned))]);
  }
  return [...found, ...innerMutants(text)];
}

const turnedRound = (words: string): string => `not coalesce((${words}), false)`;

type Part = { readonly joined: string; readonly words: string };
const joined = (parts: readonly Part[]): string =>
  parts.map((part, at) => (at === 0 ? part.words : `${part.joined} ${part.words}`)).join(' ');

function partsOf(text: string): Part[] {
  const parts: { joined: string; words: string }[] = [{ joined: '', words: '' }];
  let depth = 0;
  for (const token of text.split(/(\band\b|\bor\b|[()])/)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth === 0 && (token === 'and' || token === 'or')) parts.push({ joined: token, words: '' });
    else (parts.at(-1) as { words: string }).words += token;
  }
  return parts.map(({ joined, words }) => ({ joined, words: words.trim() }));
}

/** The same inside one pair of brackets. */
function innerMutants(text: string): [string, Relation][] {
  const found: [string, Relation][] = [];
  const open: number[] = [];
  for (const [at, letter] of [...text].entries()) {
    if (letter === '(') open.push(at);
    if (letter !== ')') continue;
    const from = (open.pop() ?? 0) + 1;
    const [before, inner, after] = [text.slice(0, from), text.slice(from, at), text.slice(at)];
    const where = /^(\s*select [\s\S]*?\bwhere\s)([\s\S]*)$/.exec(inner);
    const [head, body] = where ? [where[1] ?? '', where[2] ?? ''] : ['', inner];
    const parts = partsOf(body);
    if (parts.length < 2 && !where) continue;
    for (const [index, { words }] of parts.entries()) {
      const left = parts.filter((_part, other) => other !== index);
      const turned = parts.map((part) => (part.words === words ? { ...part, words: turnedRound(words) } : part));
      const shown = words.slice(0, 50);
      found.push([`without “${shown}”`, asSql(before + head + (joined(left) || 'true') + after)]);
      found.push([`with “${shown}” turned round`, asSql(before + head + joined(turned) + after)]);
    }
  }
  return found;
}

function shapeMutants(shape: TableShape, columns: readonly string[]): [string, TableShape][] {
  const found: [string, TableShape][] = [];
  for (const part of [...Object.keys(telling), 'parent'] as (keyof TableShape)[]) {
    if (!shape[part]) continue;
    const { [part]: _without, ...others } = shape;
    found.push([`without its ${part}`, others]);
  }
  for (const [group, names] of Object.entries(shape.groups ?? {})) {
    const instead = (changed: readonly string[]) => ({ ...shape, groups: { ...shape.groups, [group]: changed } });
    for (const name of names)
      found.push([`with ${group} fields without ${name}`, instead(names.filter((one) => one !== name))]);
    for (const name of columns)
      if (!names.includes(name)) found.push([`with ${group} fields and ${name}`, instead([...names, name])]);
  }
  return found;
}
