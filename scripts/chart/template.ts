/** Parses the part of Go's templates that the chart of deploy/helm/ keeps to. What is not known is refused, so that no template can mean more to Helm than it means here. */

export type Operand =
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  | { readonly kind: 'path'; readonly root: '.' | '$' | `$${string}`; readonly keys: readonly string[] }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline };
export type Call = { readonly name: string | undefined; readonly operands: readonly Operand[] };
export type Pipeline = readonly Call[];
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly pipeline: Pipeline }
  | { readonly kind: 'set'; readonly name: string; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if' | 'with' | 'range';
      readonly names: readonly string[];
      readonly pipeline: Pipeline;
      readonly body: readonly Block[];
      readonly otherwise: readonly Block[];
    };
export type Templates = Map<string, readonly Block[]>;

type Piece = { readonly text: string } | { readonly action: string };

const actionPattern = /\{\{(-?)\s*(\/\*[\s\S]*?\*\/|(?:"(?:\\.|[^"\\])*"|[^"}]|\}(?!\}))*?)\s*?(-?)\}\}/g;

/** Text and actions in turn. A dash at an action's edge removes the white space next to it. */
function cut(source: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trims = false;
  const keep = (text: string, before: boolean) => {
    const left = trims ? text.trimStart() : text;
    const kept = before ? left.trimEnd() : left;
    if (kept) pieces.push({ text: kept });
  };
  for (const found of source.matchAll(actionPattern)) {
    const [whole, left, action = '', right] = found;
    keep(source.slice(at, found.index), left === '-');
    if (!action.startsWith('/*')) pieces.push({ action: action.trim() });
    at = found.index + whole.length;
    trims = right === '-';
  }
  keep(source.slice(at), false);
  for (const piece of pieces)
    if ('text' in piece && piece.text.includes('{{')) throw new Error(`An action is not understood: ${piece.text}`);
  return pieces;
}

const tokenPattern = /"(?:\\.|[^"\\])*"|:=|[|(),]|[$.]?[\w$.]+|-?\d+|[.$]/g;

class Reader {
  readonly #tokens: string[];
  readonly #action: string;

  constructor(action: string) {
    this.#action = action;
    this.#tokens = action.match(tokenPattern) ?? [];
    if (this.#tokens.join('').length !== action.replaceAll(/\s(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '').length)
      throw new Error(`Not understood: ${action}`);
  }

  /** `$name :=` or `$key, $value :=` at the beginning. */
  names(): readonly string[] {
    const ends = this.#tokens.indexOf(':=');
    return this.#tokens.splice(0, ends + 1).filter((token) => token.startsWith('$'));
  }

  pipeline(): Pipeline {
    const calls = [this.#call()];
    while (this.#tokens[0] === '|') {
      this.#tokens.shift();
      calls.push(this.#call());
    }
    return calls;
  }

  end(): void {
    if (this.#tokens.length > 0) throw new Error(`Not understood at ${this.#tokens.join(' ')}: ${this.#action}`);
  }

  #call(): Call {
    const name = /^[a-z]\w*$/i.test(this.#tokens[0] ?? '') && !/^(true|false)$/.test(this.#tokens[0] ?? '');
    const called = name ? this.#tokens.shift() : undefined;
    const operands: Operand[] = [];
    while (this.#tokens.length > 0 && this.#tokens[0] !== '|' && this.#tokens[0] !== ')')
      operands.push(this.#operand());
    if (!called && operands.length === 0) throw new Error(`Nothing to print: ${this.#action}`);
    // A path with operands is a call of a method: Files.Get is the only one.
    return { name: called, operands };
  }

  #operand(): Operand {
    const token = this.#tokens.shift() ?? '';
    if (token === '(') {
      const pipeline = this.pipeline();
      if (this.#tokens.shift() !== ')') throw new Error(`A bracket is not closed: ${this.#action}`);
      return { kind: 'pipeline', pipeline };
    }
    if (token.startsWith('"')) return { kind: 'value', value: JSON.parse(token) as string };
    if (/^-?\d+$/.test(token)) return { kind: 'value', value: Number(token) };
    if (token === 'true' || token === 'false') return { kind: 'value', value: token === 'true' };
    const [root, ...keys] = token.split('.');
    if (token.startsWith('.')) return { kind: 'path', root: '.', keys: keys.filter(Boolean) };
    if (root?.startsWith('$')) return { kind: 'path', root: root as '$', keys };
    throw new Error(`Not understood at ${token}: ${this.#action}`);
  }
}

/** Reads a file of templates: what it prints, and what it defines for others. */
export function parseTemplates(file: string, source: string): Templates {
  const templates: Templates = new Map();
  const pieces = cut(source);
  let at = 0;
  const blocks = (ends: readonly string[]): { readonly body: Block[]; readonly end: string } => {
    const body: Block[] = [];
    while (at < pieces.length) {
      const piece = pieces[at++] as Piece;
      if ('text' in piece) {
        body.push({ kind: 'text', text: piece.text });
        continue;
      }
      if (ends.includes(piece.action)) return { body, end: piece.action };
      const block = open(piece.action);
      if (block) body.push(block);
    }
    if (ends.length > 0) throw new Error(`${file}: a block does not end`);
    return { body, end: '' };
  };
  const open = (action: string): Block | undefined => {
    const [, word = '', rest = ''] = /^(if|with|range|define)\s+([\s\S]*)$/.exec(action) ?? [];
    if (word === 'define') {
      templates.set(JSON.parse(rest) as string, blocks(['end']).body);
      return undefined;
    }
    const reader = new Reader(rest || action);
    const names = reader.names();
    const pipeline = reader.pipeline();
    reader.end();
    if (word) {
      const { body, end } = blocks(['end', 'else']);
      const otherwise = end === 'else' ? blocks(['end']).body : [];
      return { kind: word as 'if', names, pipeline, body, otherwise };
    }
    return names[0] ? { kind: 'set', name: names[0], pipeline } : { kind: 'print', pipeline };
  };
  templates.set(file, blocks([]).body);
  return templates;
}
