/** Makes a logo in SVG safe: builds it again from a list of elements and attributes, and refuses what could run or lead outside. Pure. */
import { type Accepted, accept, type Refused, refuse } from '../../vocabulary/result.ts';
import { type SvgFault, SvgRefused } from './svg-fault.ts';
import {
  allowedElements,
  geometry,
  gradients,
  namesParts,
  partName,
  partReference,
  plainValue,
  presentation,
  shapes,
  unseenElements,
} from './svg-rules.ts';
import { type Classes, readClasses, readDeclarations } from './svg-styles.ts';
import { readSvg, type SvgElement } from './svg-tree.ts';

export type CleanSvg = { readonly svg: string; readonly width: number; readonly height: number };
type Attribute = readonly [name: string, value: string];

/** Takes the text of a file, gives the drawing and nothing else of it; or the fault, and the part that has it. */
export function cleanSvg(text: string): Accepted<CleanSvg> | (Refused<SvgFault> & { readonly part: string }) {
  try {
    return accept(rebuild(text));
  } catch (error) {
    if (!(error instanceof SvgRefused)) throw error;
    return { ...refuse(error.fault), part: error.part };
  }
}

function rebuild(text: string): CleanSvg {
  const read = readSvg(text.replace(/^\uFEFF/, ''));
  if (!read.ok) throw new SvgRefused(read.refusal);
  const root = read.value;
  if (root.name !== 'svg') throw new SvgRefused('not an SVG');
  const { box, width, height } = sizeOf(root.attributes);
  const classes = readClasses(styleSheetsIn(root));
  const own = attributesOf(root, classes).filter(([name]) => presentation.has(name));
  const inside = root.children.map((child) => write(child, classes, false)).join('');
  if (![...shapes].some((shape) => inside.includes(`<${shape} `))) throw new SvgRefused('empty');
  const all: Attribute[] = [
    ['xmlns', 'http://www.w3.org/2000/svg'],
    ['viewBox', box],
    ['width', `${width}`],
    ['height', `${height}`],
    ...own,
  ];
  return { svg: `<svg${writeAttributes(all)}>${inside}</svg>`, width, height };
}

const styleSheetsIn = ({ name, text, children }: SvgElement): string =>
  `${name === 'style' ? text : ''}${children.map(styleSheetsIn).join('')}`;

const clips = ([name]: Attribute): boolean => name === 'clip-path';

/** An element with its children. A clipping shape is not clipped itself: a few of those in a row would keep a phone busy. */
function write(element: SvgElement, classes: Classes, clipping: boolean): string {
  const { name, children } = element;
  // Parts of other vocabularies, which drawing programs keep for themselves.
  if (unseenElements.has(name) || name.includes(':')) return '';
  if (!allowedElements.has(name) || name === 'svg') throw new SvgRefused('element', name);
  const inClip = clipping || name === 'clipPath';
  const attributes = attributesOf(element, classes);
  if (inClip && attributes.some(clips)) throw new SvgRefused('nested clips');
  const inside = children.map((child) => write(child, classes, inClip)).join('');
  return inside === ''
    ? `<${name}${writeAttributes(attributes)}/>`
    : `<${name}${writeAttributes(attributes)}>${inside}</${name}>`;
}

const writeAttributes = (attributes: readonly Attribute[]): string =>
  attributes.map(([name, value]) => ` ${name}="${value.replace(/[&"<]/g, '')}"`).join('');

/** Its own attributes, then those of its classes, then those of its style: the later one holds, as in a browser. */
function attributesOf({ name: element, attributes }: SvgElement, classes: Classes): readonly Attribute[] {
  const kept = new Map<string, string>();
  for (const [name, value] of attributes) {
    const asked = keptName(element, name, value);
    if (asked) kept.set(asked, value.trim());
  }
  const named = (attributes.get('class') ?? '').split(/\s+/).flatMap((one) => classes.get(one) ?? []);
  for (const [name, value] of [...named, ...readDeclarations(attributes.get('style') ?? '')]) kept.set(name, value);
  for (const [name, value] of kept) checkValue(name, value);
  return [...kept];
}

/** The name under which an attribute is kept; undefined where it is left out. */
function keptName(element: string, name: string, value: string): string | undefined {
  if (/^on/i.test(name)) throw new SvgRefused('script', name);
  if (/^(?:xlink:)?href$|^src$|^xml:base$/i.test(name)) {
    if (!gradients.has(element) || !/^#[A-Za-z_][\w.-]*$/.test(value)) throw new SvgRefused('outside', name);
    return 'href';
  }
  if (name === 'id') return partName.test(value) ? name : undefined;
  return presentation.has(name) || geometry.has(name) ? name : undefined;
}

function checkValue(name: string, value: string): void {
  if (name === 'href' || name === 'id') return;
  if (/url\s*\(/i.test(value)) {
    if (!namesParts.has(name) || !partReference.test(value)) throw new SvgRefused('outside', name);
  } else if (!plainValue.test(value)) throw new SvgRefused('value', name);
}

const number = /^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/;
const largest = 100_000;

/** From the viewBox, else from width and height. */
function sizeOf(attributes: ReadonlyMap<string, string>): { box: string; width: number; height: number } {
  const given = ['width', 'height'].map((name) => Number(number.exec(attributes.get(name) ?? '')?.[1] ?? Number.NaN));
  const box = (attributes.get('viewBox') ?? `0 0 ${given.join(' ')}`)
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [, , width = 0, height = 0] = box;
  const sound = box.length === 4 && box.every((one) => Math.abs(one) <= largest) && width > 0 && height > 0;
  if (!sound) throw new SvgRefused('size');
  return { box: box.join(' '), width, height };
}
