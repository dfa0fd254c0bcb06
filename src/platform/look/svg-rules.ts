/** What a logo in SVG may be made of. Whatever is not in these lists is refused or left out. Pure. */

/** Shapes, groups and gradients. Text is missing on purpose: its letters need fonts that a reader may not have. */
export const allowedElements = new Set([
  'svg',
  'g',
  'defs',
  'path',
  'rect',
  'circle',
  'ellipse',
  'line',
  'polyline',
  'polygon',
  'linearGradient',
  'radialGradient',
  'stop',
  'clipPath',
]);

export const shapes = new Set(['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon']);
export const gradients = new Set(['linearGradient', 'radialGradient']);

/** Words about the drawing, which nobody sees. They are left out with all that is in them. */
export const unseenElements = new Set(['title', 'desc', 'metadata', 'style']);

/** May stand as attributes, in `style`, and in classes of a style sheet; they are kept as attributes. */
export const presentation = new Set([
  'fill',
  'fill-opacity',
  'fill-rule',
  'stroke',
  'stroke-width',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-miterlimit',
  'stroke-opacity',
  'opacity',
  'color',
  'display',
  'visibility',
  'clip-path',
  'clip-rule',
  'stop-color',
  'stop-opacity',
]);

/** May stand as attributes alone. Dashes are missing: a million of them would keep a phone busy. */
export const geometry = new Set([
  'd',
  'points',
  'x',
  'y',
  'x1',
  'y1',
  'x2',
  'y2',
  'cx',
  'cy',
  'r',
  'rx',
  'ry',
  'fx',
  'fy',
  'fr',
  'width',
  'height',
  'offset',
  'transform',
  'gradientUnits',
  'gradientTransform',
  'spreadMethod',
  'clipPathUnits',
]);

/** May name a part of the same file: `url(#id)`. */
export const namesParts = new Set(['fill', 'stroke', 'clip-path']);

/** The letters of numbers, colours, paths and transformations. No quotation mark, no angle bracket, no colon, no semicolon. */
export const plainValue = /^[\w\s.,#%()+-]*$/;
export const partName = /^[A-Za-z_][\w.-]*$/;
/** The name of a part of the same file is in the second group. */
export const partReference = /^url\(\s*(["']?)#([A-Za-z_][\w.-]*)\1\s*\)(?:\s+none)?$/;
