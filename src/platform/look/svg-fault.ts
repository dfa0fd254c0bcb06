/** Why an SVG is refused as a logo, and what to do about it. Pure. */
import type { SvgReadingFault } from './svg-tree.ts';

export type SvgFault =
  | SvgReadingFault
  | 'not an SVG'
  | 'element'
  | 'script'
  | 'outside'
  | 'style'
  | 'value'
  | 'nested clips'
  | 'size'
  | 'empty';

/** Thrown while a drawing is read, and caught where its cleaning began. */
export class SvgRefused extends Error {
  readonly fault: SvgFault;
  /** The element, attribute or style at fault. */
  readonly part: string;

  constructor(fault: SvgFault, part = '') {
    super(fault);
    this.fault = fault;
    this.part = part;
  }
}

const exportPlain = 'In your drawing program, export it as plain SVG';

/** Elements that people meet often, and what to do in the drawing program. */
const remedies: Readonly<Record<string, string>> = {
  text: 'In your drawing program, turn its text into outlines and export it again',
  image: 'Draw it as shapes, or choose it as a PNG',
  use: 'In your drawing program, expand its symbols and export it again',
  symbol: 'In your drawing program, expand its symbols and export it again',
  mask: 'In your drawing program, flatten its masks and export it again, or choose it as a PNG',
  filter: 'In your drawing program, flatten its effects and export it again, or choose it as a PNG',
  pattern: 'In your drawing program, flatten its patterns and export it again, or choose it as a PNG',
};

/** What is wrong, then what to do. */
export function svgFaultMessage(fault: SvgFault, part: string): string {
  const named = `“${part.slice(0, 40)}”`;
  const messages: Readonly<Record<SvgFault, string>> = {
    damaged: 'The SVG has a mistake or breaks off. Export it again',
    entities: `The SVG defines letters of its own, which a logo cannot have. ${exportPlain}`,
    instructions: `The SVG gives instructions to programs, which a logo cannot have. ${exportPlain}`,
    'too many elements': 'The SVG has too many parts. Export a simpler drawing, or choose it as a PNG',
    'not an SVG': 'The file is no SVG and no PNG. Choose an SVG or a PNG',
    element: `The SVG contains ${named}, which a logo cannot have. ${remedies[part] ?? exportPlain}`,
    script: `The SVG contains a script (${named}). ${exportPlain}`,
    outside: `The SVG leads outside its own file (${named}). ${exportPlain}, with everything inside`,
    style: `The SVG has a style that a logo cannot have (${named}). Export it with presentation attributes`,
    value: `The SVG has a value that cannot be read (${named}). ${exportPlain}`,
    'nested clips': 'The SVG clips a clipping shape. Flatten it in your drawing program and export it again',
    size: 'The SVG does not say how large it is. Export it with a viewBox',
    empty: 'The SVG has no shapes. Choose another file',
  };
  return messages[fault];
}
