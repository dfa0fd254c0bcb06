/** Styles of an SVG: declarations and classes become attributes, so that no style is left in the drawing. Pure. */
import { SvgRefused } from './svg-fault.ts';
import { presentation } from './svg-rules.ts';

export type Declarations = readonly (readonly [property: string, value: string])[];
export type Classes = ReadonlyMap<string, Declarations>;

/** What could load a file, run, or hide something from this reader. */
const risky = /url\s*\(|@|\\|expression|javascript|<|>/i;

const refuseRisky = (css: string): void => {
  const [found] = risky.exec(css) ?? [];
  if (found) throw new SvgRefused('style', found);
};

/** Properties that a drawing may have; others are left out. */
export function readDeclarations(style: string): Declarations {
  refuseRisky(style);
  return style.split(';').flatMap((one) => {
    const [property = '', value = ''] = one.split(':').map((side) => side.trim());
    return presentation.has(property) && value ? [[property, value.replace(/\s*!important$/i, '')] as const] : [];
  });
}

const className = /^\.([A-Za-z_][\w-]*)$/;

/** Takes a style sheet of classes, as drawing programs write it; refuses any other. */
export function readClasses(sheet: string): Classes {
  const css = sheet.replace(/\/\*[\s\S]*?\*\//g, '');
  refuseRisky(css);
  const classes = new Map<string, Declarations>();
  const rest = css.replace(/([^{}]+)\{([^{}]*)\}/g, (_, selectors: string, declarations: string) => {
    for (const selector of selectors.split(',')) {
      const [, name] = className.exec(selector.trim()) ?? [];
      if (!name) throw new SvgRefused('style', selector.trim());
      classes.set(name, [...(classes.get(name) ?? []), ...readDeclarations(declarations)]);
    }
    return '';
  });
  if (rest.trim() !== '') throw new SvgRefused('style', rest.trim().slice(0, 20));
  return classes;
}
