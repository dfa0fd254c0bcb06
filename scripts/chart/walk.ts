/** Strict walks: of manifests against the fields that we name, and of values against values.schema.json. Both refuse a name that they do not know. */

type Shape = string | readonly Shape[] | { readonly [name: string]: Shape };
export type Shapes = { readonly [name: string]: Shape };
type Map_ = { readonly [name: string]: unknown };

const isMap = (value: unknown): value is Map_ => typeof value === 'object' && value !== null && !Array.isArray(value);
const words: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  whole: (value) => Number.isInteger(value),
  truth: (value) => typeof value === 'boolean',
};

/** What is wrong with a manifest, one sentence each: a field that is not named, one that is missing, or one of another type. */
export function findShapeProblems(shapes: Shapes, shape: Shape, value: unknown, at: string): string[] {
  if (typeof shape === 'string') {
    if (shape.startsWith('@')) {
      const named = shapes[shape.slice(1)];
      if (named === undefined) throw new Error(`There is no shape ${shape}`);
      return findShapeProblems(shapes, named, value, at);
    }
    const good = shape.startsWith('=')
      ? value === shape.slice(1)
      : shape.split('|').some((word) => (words[word] ? words[word](value) : value === word));
    return good ? [] : [`${at} must be ${shape}, and is ${JSON.stringify(value)}`];
  }
  if (Array.isArray(shape)) {
    if (!Array.isArray(value) || value.length === 0) return [`${at} must be a list that is not empty`];
    return value.flatMap((one, place) => findShapeProblems(shapes, shape[0] as Shape, one, `${at}[${place}]`));
  }
  if (!isMap(value)) return [`${at} must be a map`];
  const fields = shape as { readonly [name: string]: Shape };
  const any = fields['any'];
  if (any !== undefined)
    return Object.entries(value).flatMap(([name, one]) => findShapeProblems(shapes, any, one, `${at}.${name}`));
  const missing = Object.keys(fields).filter((name) => !name.endsWith('?') && !(name in value));
  return [
    ...missing.map((name) => `${at}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, one]) => {
      const field = fields[name] ?? fields[`${name}?`];
      return field === undefined
        ? [`${at}.${name} is not known`]
        : findShapeProblems(shapes, field, one, `${at}.${name}`);
    }),
  ];
}

type Schema = { readonly [keyword: string]: unknown };
type Check = (given: never, value: unknown, at: string, schema: Schema, root: Schema) => string[];

const typeOf = (value: unknown): string =>
  Array.isArray(value) ? 'array' : value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value;
const wrong = (bad: boolean, at: string, why: string): string[] => (bad ? [`${at} ${why}`] : []);
const size = (value: unknown): number =>
  isMap(value) ? Object.keys(value).length : (value as readonly unknown[]).length;

/** Of these, others make use. */
const silent = new Set(['$schema', 'title', 'definitions', 'then', 'else']);
const keywords: Readonly<Record<string, Check>> = {
  $ref: (name: string, value, at, _schema, root) =>
    walkSchema((root['definitions'] as Schema)[name.replace('#/definitions/', '')] as Schema, value, at, root),
  type: (type: string, value, at) => wrong(typeOf(value) !== type, at, `must be of the type ${type}`),
  enum: (allowed: readonly unknown[], value, at) =>
    wrong(!allowed.includes(value), at, `must be ${allowed.join(' or ')}`),
  const: (only: unknown, value, at) => wrong(value !== only, at, `must be ${String(only)}`),
  pattern: (pattern: string, value, at) =>
    wrong(typeof value === 'string' && !new RegExp(pattern, 'u').test(value), at, `must match ${pattern}`),
  minimum: (least: number, value, at) => wrong(Number(value) < least, at, `must be at least ${least}`),
  maximum: (most: number, value, at) => wrong(Number(value) > most, at, `must be at most ${most}`),
  minItems: (least: number, value, at) => wrong(size(value) < least, at, `must have ${least} or more`),
  minProperties: (least: number, value, at) => wrong(size(value) < least, at, `must have ${least} or more`),
  maxProperties: (most: number, value, at) => wrong(size(value) > most, at, `must have at most ${most}`),
  required: (names: readonly string[], value, at) =>
    names.flatMap((name) => wrong(isMap(value) && !(name in value), at, `needs ${name}`)),
  properties: (fields: Readonly<Record<string, Schema>>, value, at, _schema, root) =>
    Object.entries(fields).flatMap(([name, field]) =>
      isMap(value) && name in value ? walkSchema(field, value[name], `${at}.${name}`, root) : [],
    ),
  additionalProperties: (more: false | Schema, value, at, schema, root) =>
    Object.entries(isMap(value) ? value : {})
      .filter(([name]) => !(name in ((schema['properties'] ?? {}) as Schema)))
      .flatMap(([name, one]) =>
        more === false ? [`${at}.${name} is not known`] : walkSchema(more, one, `${at}.${name}`, root),
      ),
  items: (each: Schema, value, at, _schema, root) =>
    (Array.isArray(value) ? value : []).flatMap((one, place) => walkSchema(each, one, `${at}[${place}]`, root)),
  allOf: (all: readonly Schema[], value, at, _schema, root) => all.flatMap((one) => walkSchema(one, value, at, root)),
  anyOf: (any: readonly Schema[], value, at, _schema, root) =>
    wrong(!any.some((one) => walkSchema(one, value, at, root).length === 0), at, 'fits nothing that is allowed'),
  if: (condition: Schema, value, at, schema, root) => {
    const holds = walkSchema(condition, value, at, root).length === 0;
    const follows = (holds ? schema['then'] : schema['else']) as Schema | undefined;
    return follows ? walkSchema(follows, value, at, root) : [];
  },
};

/** What is wrong with values by a JSON schema, one sentence each. A keyword that is not known here is an error of the schema. */
export function walkSchema(schema: Schema, value: unknown, at: string, root: Schema): string[] {
  return Object.entries(schema).flatMap(([keyword, given]) => {
    if (silent.has(keyword)) return [];
    const check = keywords[keyword];
    if (!check) throw new Error(`The keyword ${keyword} is not known at ${at}`);
    return check(given as never, value, at, schema, root);
  });
}
