/** Renders the chart of deploy/helm/ as Helm does, with the few functions that its templates use. deploy/helm/check.sh compares the result with Go's own templates. */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { type Block, type Call, type Operand, type Pipeline, parseTemplates, type Templates } from './template.ts';

export type Values = { readonly [key: string]: unknown };
export type Manifest = Values & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Values & { readonly name: string };
};
export type Release = { readonly name: string; readonly namespace: string; readonly revision: number };

const isMap = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

/** As Helm does it: maps are merged, everything else is replaced. */
export function mergeValues(under: Values, over: Values): Values {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isMap(below) && isMap(value) ? mergeValues(below, value) : value;
  }
  return merged;
}

const isTrue = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : isMap(value) ? Object.keys(value).length > 0 : Boolean(value);
const indented = (spaces: unknown, text: unknown): string =>
  String(text).replaceAll(/^/gm, ' '.repeat(spaces as number));
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
};

const functions: Readonly<Record<string, (...given: readonly unknown[]) => unknown>> = {
  add: (...given) => given.reduce<number>((sum, one) => sum + Number(one), 0),
  and: (...given) => given.find((one) => !isTrue(one)) ?? given.at(-1),
  dict: (...given) =>
    Object.fromEntries(given.flatMap((key, at) => (at % 2 === 0 ? [[String(key), given[at + 1]]] : []))),
  eq: (left, right) => left === right,
  has: (one, list) => (list as readonly unknown[]).includes(one),
  index: (map, key) => {
    if (!isMap(map) || !(String(key) in map)) throw new Error(`There is no ${String(key)}`);
    return map[String(key)];
  },
  list: (...given) => given,
  nindent: (spaces, text) => `\n${indented(spaces, text)}`,
  or: (...given) => given.find(isTrue) ?? given.at(-1),
  printf: (form, ...given) => {
    let at = 0;
    return String(form).replaceAll('%s', () => String(given[at++]));
  },
  quote: (text) => JSON.stringify(String(text)),
  replace: (old, fresh, text) => String(text).replaceAll(String(old), () => String(fresh)),
  toYaml: (value) => stringify(sorted(value), { aliasDuplicateObjects: false, lineWidth: 0 }).trimEnd(),
};

class Renderer {
  readonly #templates: Templates;
  readonly #readFile: (name: string) => string;

  constructor(templates: Templates, readFile: (name: string) => string) {
    this.#templates = templates;
    this.#readFile = readFile;
  }

  /** What a template prints with this as its context. */
  print(name: string, context: unknown): string {
    const blocks = this.#templates.get(name);
    if (!blocks) throw new Error(`There is no template ${name}`);
    return this.#blocks(blocks, context, new Map([['$', context]]));
  }

  #blocks(blocks: readonly Block[], dot: unknown, outer: ReadonlyMap<string, unknown>): string {
    const variables = new Map(outer);
    return blocks.map((block) => this.#block(block, dot, variables)).join('');
  }

  #block(block: Block, dot: unknown, variables: Map<string, unknown>): string {
    if (block.kind === 'text') return block.text;
    const value = this.#pipeline(block.pipeline, dot, variables);
    if (block.kind === 'print') {
      if (value === undefined || value === null || typeof value === 'object') throw new Error('This prints no text');
      return String(value);
    }
    if (block.kind === 'set') {
      variables.set(block.name, value);
      return '';
    }
    if (!isTrue(value)) return this.#blocks(block.otherwise, dot, variables);
    if (block.kind === 'if') return this.#blocks(block.body, dot, variables);
    if (block.kind === 'with') return this.#blocks(block.body, value, variables);
    const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(sorted(value) as Values);
    return entries
      .map(([key, one]) => {
        const [first, second] = block.names;
        const inner = new Map(variables);
        if (first) inner.set(first, second ? key : one);
        if (second) inner.set(second, one);
        return this.#blocks(block.body, one, inner);
      })
      .join('');
  }

  #pipeline(pipeline: Pipeline, dot: unknown, variables: ReadonlyMap<string, unknown>): unknown {
    let last: unknown[] = [];
    for (const call of pipeline) last = [this.#call(call, last, dot, variables)];
    return last[0];
  }

  #call({ name, operands }: Call, last: readonly unknown[], dot: unknown, variables: ReadonlyMap<string, unknown>) {
    const [first] = operands;
    if (name === undefined && first?.kind === 'path' && first.keys.slice(-2).join('.') === 'Files.Get')
      return this.#readFile(String(this.#operand(operands[1] as Operand, dot, variables)));
    const given = [...operands.map((operand) => this.#operand(operand, dot, variables)), ...last];
    if (name === undefined) {
      if (given.length !== 1) throw new Error('A value takes no operands');
      return given[0];
    }
    if (name === 'include') return this.print(String(given[0]), given[1]);
    const called = functions[name];
    if (!called) throw new Error(`The function ${name} is not known here`);
    return called(...given);
  }

  #operand(operand: Operand, dot: unknown, variables: ReadonlyMap<string, unknown>): unknown {
    if (operand.kind === 'value') return operand.value;
    if (operand.kind === 'pipeline') return this.#pipeline(operand.pipeline, dot, variables);
    if (operand.root !== '.' && !variables.has(operand.root)) throw new Error(`There is no ${operand.root}`);
    let value = operand.root === '.' ? dot : variables.get(operand.root);
    for (const key of operand.keys) {
      if (!isMap(value) || !(key in value)) throw new Error(`There is no ${operand.keys.join('.')}`);
      value = value[key];
    }
    return value;
  }
}

/** The values of the chart itself, and over them those of one file. */
export function readValues(chart: string, file?: string): Values {
  const own = parse(readFileSync(join(chart, 'values.yaml'), 'utf8')) as Values;
  return file ? mergeValues(own, parse(readFileSync(file, 'utf8')) as Values) : own;
}

/** Every manifest that the chart makes of these values. */
export function renderChart(chart: string, values: Values, release: Release): Manifest[] {
  const { appVersion, version, name } = parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8')) as Record<
    string,
    string
  >;
  const files = globSync('templates/*', { cwd: chart }).sort();
  const templates: Templates = new Map(
    files.flatMap((file) => [...parseTemplates(file, readFileSync(join(chart, file), 'utf8'))]),
  );
  const renderer = new Renderer(templates, (path) => readFileSync(join(chart, path), 'utf8'));
  const context = {
    Values: values,
    Release: { Name: release.name, Namespace: release.namespace, Revision: release.revision },
    Chart: { Name: name, Version: version, AppVersion: appVersion },
    Files: {},
  };
  return files
    .filter((file) => !basename(file).startsWith('_'))
    .flatMap((file) => {
      const printed = renderer.print(file, context);
      return parseAllDocuments(printed, { merge: true, uniqueKeys: true }).flatMap((document) => {
        const [problem] = document.errors;
        if (problem) throw new Error(`${file}: ${problem.message}\n${printed}`);
        const manifest = document.toJS() as Manifest | null;
        return manifest ? [manifest] : [];
      });
    });
}
