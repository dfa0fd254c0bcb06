/** Who may do what, as one typed table: agency side × role × relation × purpose × record class × verb. It feeds `may(…)` here and the row policies in row-policies.ts. */
import type { Marking } from '../../vocabulary/marking.ts';
import type { Purpose, Role, Side } from '../../vocabulary/people.ts';
import type { DatabaseRole } from '../config.ts';

export const verbs = ['read', 'add', 'change', 'remove'] as const;
export type Verb = (typeof verbs)[number];

/** Which database a record is in. Safeguarding has its own database, which another controller may host. */
export type StoreName = 'main' | 'safeguarding';

/** A member's relation to one row. Each table names the column that decides it; an SQL clause may define a special relation. */
export type Relation =
  | 'any'
  | 'own agency'
  | 'partner'
  | 'member'
  | 'team'
  | 'author'
  | 'self'
  | 'recipient'
  | 'custodian'
  | 'opened'
  | 'glass'
  | {
      readonly sql: string;
      /** The same for people: ends the sentence “only where …”. */
      readonly words: string;
      /** The relation that it narrows, where it narrows one: who could have seen a row is asked by that first. */
      readonly of?: 'recipient' | 'team' | 'glass';
      /** Set where it leaves out immigration officers at premises where the plan says that they are not present. */
      readonly leavesOut?: 'immigration';
    };

export type TableShape = {
  /** The column that ties a row to an operation, a team, an agency, its author, the member it is about, or the receiving agency. Emergency access opens an operation's rows. */
  readonly operation?: string;
  readonly team?: string;
  readonly agency?: string;
  readonly author?: string;
  readonly self?: string;
  readonly recipient?: string;
  /** The column that names the agency whose custodians decide it. */
  readonly custodian?: string;
  /** The column that bears the id by which a custodian opens the row: to one member, until a time. */
  readonly opened?: string;
  /** A row that can be seen only when its parent is: `['visits', 'visit_id']`. A relation whose column the row lacks is its parent's to judge. */
  readonly parent?: readonly [table: string, column: string];
  /** Whose record a row is: a column that names the agency, the agency that leads the row's operation, or whose its parent is. It may see every look at it. */
  readonly owner?: { readonly column: string } | 'operation' | 'parent';
  /** The columns that decide whether the plan keeps immigration officers out: the premises of a visit and who attended it, or what was decided for the premises. */
  readonly immigration?: readonly ('premises_id' | 'attendees' | 'immigration_entry')[];
  /** The column with the time at which the record was closed. */
  readonly closed?: string;
  /** Named groups of columns. A rule that names one reaches these alone, and a table without that group not at all. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
};

export type Rule = {
  /** `unfinished`: who has shown a password where more is asked for, and nothing more yet. */
  readonly roles: readonly Role[] | 'member' | 'unfinished' | 'anyone';
  readonly side?: Side;
  readonly relation: Relation;
  readonly purpose: Purpose | readonly Purpose[];
  readonly verbs: readonly Verb[];
  /** The group of fields that it opens; all of them where it names none. */
  readonly fields?: string;
};

export type RecordClass = {
  /** For people: what this is. */
  readonly means: string;
  readonly marking: Marking;
  /** Whether every look at it is written down, or why none is. A page that shows a record of such a class without its row in the log is not sent (unlogged-reads.ts). */
  readonly looks: 'each' | { readonly none: string };
  /** The side whose views are logged in the safeguarding log although the record is in the main store: the other side's auditor reads the main log. */
  readonly safeguardingLogFor?: Side;
  /** Readers, or people who do one of these actions, are asked why on the page. The access log keeps the reason. */
  readonly asksWhy?: true | readonly string[];
  readonly store?: StoreName;
  readonly tables: Readonly<Record<string, TableShape>>;
  readonly rules: readonly Rule[];
  /** What `may(…)` names: the verb it needs and the purpose it is for. */
  readonly actions: Readonly<Record<string, readonly [verb: Verb, purpose: Purpose]>>;
};

export type AreaPolicy = Readonly<Record<string, RecordClass>>;

/** The login role of the database that each purpose works under. */
export const databaseRoleFor: Record<Purpose, DatabaseRole> = {
  safeguarding: 'safeguarding',
  investigation: 'staff',
  operation: 'staff',
  administration: 'staff',
  statistics: 'statistics',
  publication: 'publisher',
  audit: 'auditor',
  information: 'public',
  upkeep: 'leader',
};

export const purposesOf = (rule: Rule): readonly Purpose[] =>
  typeof rule.purpose === 'string' ? [rule.purpose] : rule.purpose;

/** Who asks: resolved from the session by the database itself. */
export type Actor = {
  readonly memberId: string;
  readonly memberName: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly side: Side;
  readonly roles: readonly Role[];
  readonly operations: readonly string[];
  readonly partnerOperations: readonly string[];
  readonly teams: readonly string[];
  /** The emergency access that this session uses, while it lasts. */
  readonly breakGlass?: string | null;
  /** The operation that it opened, to read alone. */
  readonly glassOperation?: string | null;
  /** Which session this is, since when, and whether it runs on a shared computer. */
  readonly sessionId?: string;
  readonly startedAt?: Date;
  readonly sharedWorkstation?: boolean;
  /** Signed in by a password where more is asked for: a member in name alone until the second factor is set up. */
  readonly unfinished?: boolean;
};

export type Access = {
  readonly policy: AreaPolicy;
  readonly action: (name: string) => Action;
  readonly allows: (actor: Actor | undefined, action: string) => boolean;
};

export type Action = {
  readonly name: string;
  readonly verb: Verb;
  readonly purpose: Purpose;
  readonly store: StoreName;
  readonly databaseRole: DatabaseRole;
  readonly marking: Marking;
  readonly safeguardingLogFor: Side | undefined;
  readonly asksWhy: boolean;
  readonly rules: readonly Rule[];
};

const anyone: Action = {
  name: 'anyone',
  verb: 'read',
  purpose: 'information',
  store: 'main',
  databaseRole: 'public',
  marking: 'OFFICIAL',
  safeguardingLogFor: undefined,
  asksWhy: false,
  rules: [{ roles: 'anyone', relation: 'any', purpose: 'information', verbs: ['read'] }],
};

/** The store whose log says what this member read, or was refused, by this action. */
export const getLogStore = ({ store, safeguardingLogFor }: Action, actor: Actor | undefined): StoreName =>
  safeguardingLogFor && actor?.side === safeguardingLogFor ? 'safeguarding' : store;

/** Joins the tables of all areas. Refuses two meanings for one name, and an action that no rule can ever allow. */
export function joinPolicies(areas: readonly AreaPolicy[]): Access {
  const policy: Record<string, RecordClass> = {};
  const actions = new Map<string, Action>([['anyone', anyone]]);
  for (const [name, recordClass] of areas.flatMap((area) => Object.entries(area))) {
    if (policy[name]) throw new Error(`two areas describe the record class ${name}`);
    policy[name] = recordClass;
    const { asksWhy: asked = [] } = recordClass;
    if (asked !== true)
      for (const one of asked)
        if (!recordClass.actions[one]) throw new Error(`${name} asks why of ${one}, which is no action of it`);
    for (const [actionName, [verb, purpose]] of Object.entries(recordClass.actions)) {
      if (actions.has(actionName)) throw new Error(`two record classes name the action ${actionName}`);
      const rules = recordClass.rules.filter((rule) => purposesOf(rule).includes(purpose) && rule.verbs.includes(verb));
      if (rules.length === 0) throw new Error(`no rule allows ${actionName}`);
      const databaseRole = databaseRoleFor[purpose];
      actions.set(actionName, {
        name: actionName,
        verb,
        purpose,
        store: recordClass.store ?? 'main',
        databaseRole,
        marking: recordClass.marking,
        safeguardingLogFor: recordClass.safeguardingLogFor,
        asksWhy: asked === true ? verb === 'read' : asked.includes(actionName),
        rules,
      });
    }
  }
  const action = (name: string): Action => {
    const found = actions.get(name);
    if (!found) throw new Error(`no policy names the action ${name}`);
    return found;
  };
  return { policy, action, allows: (actor, name) => action(name).rules.some((rule) => isRuleFor(rule, actor)) };
}

function isRuleFor(rule: Rule, actor: Actor | undefined): boolean {
  if (rule.roles === 'anyone') return true;
  if (!actor) return false;
  if (rule.roles === 'unfinished' || actor.unfinished) return rule.roles === 'unfinished' && actor.unfinished === true;
  if (rule.side && rule.side !== actor.side) return false;
  return rule.roles === 'member' || rule.roles.some((role) => actor.roles.includes(role));
}
