import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanSvg } from './clean-svg.ts';
import { svgFaultMessage } from './svg-fault.ts';

const frame = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"${attributes}>${inside}<path d="M0 0h9v9z"/></svg>`;
const plain =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><path d="M0 0h9v9z"/></svg>';

/** What is refused, and how the error begins. */
const hostile: readonly (readonly [what: string, svg: string, message: RegExp])[] = [
  ['a script', frame('<script>alert(1)</script>'), /contains “script”.*Export|contains “script”/],
  ['a script in another case', frame('<SCRIPT>alert(1)</SCRIPT>'), /contains “SCRIPT”/],
  ['a handler', frame('<rect onload="alert(1)"/>'), /a script \(“onload”\)/],
  ['a handler on the root', frame('', ' onload="alert(1)"'), /a script \(“onload”\)/],
  ['a handler in another case', frame('<rect OnClick="alert(1)"/>'), /a script \(“OnClick”\)/],
  [
    'HTML inside',
    frame('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'),
    /“foreignObject”/,
  ],
  ['a picture from elsewhere', frame('<image href="https://elsewhere.example/a.png"/>'), /“image”.*choose it as a PNG/],
  ['a picture inside', frame('<image href="data:image/png;base64,AAAA"/>'), /“image”/],
  ['a copy from elsewhere', frame('<use href="https://elsewhere.example/a.svg#x"/>'), /“use”.*expand its symbols/],
  ['copies of copies', frame('<g id="a"><use href="#a"/><use href="#a"/></g>'), /“use”/],
  ['a link', frame('<a href="javascript:alert(1)"><rect/></a>'), /“a”/],
  ['an animation', frame('<rect><animate attributeName="href" to="javascript:alert(1)"/></rect>'), /“animate”/],
  ['a change of attributes', frame('<set attributeName="onclick" to="alert(1)"/>'), /“set”/],
  ['a frame', frame('<iframe src="https://elsewhere.example"/>'), /“iframe”/],
  ['words', frame('<text>Lea</text>'), /“text”.*turn its text into outlines/],
  ['a filter', frame('<filter id="f"><feImage href="https://elsewhere.example"/></filter>'), /“filter”/],
  ['a pattern', frame('<pattern id="p"><rect/></pattern>'), /“pattern”/],
  ['a mask', frame('<mask id="m"><rect/></mask>'), /“mask”/],
  [
    'a fill from elsewhere',
    frame('<rect fill="url(https://elsewhere.example/a.svg#x)"/>'),
    /outside its own file \(“fill”\)/,
  ],
  ['a fill from elsewhere, escaped', frame('<rect fill="u&#114;l(https://elsewhere.example#x)"/>'), /“fill”/],
  ['a clip from elsewhere', frame('<g clip-path="url(//elsewhere.example#x)"/>'), /“clip-path”/],
  ['a gradient from elsewhere', frame('<linearGradient xlink:href="https://elsewhere.example#x"/>'), /“xlink:href”/],
  ['a reference of a shape', frame('<path href="#x"/>'), /outside its own file \(“href”\)/],
  ['another base', frame('<g xml:base="https://elsewhere.example/"/>'), /“xml:base”/],
  [
    'a style from elsewhere',
    frame('<rect style="fill:url(https://elsewhere.example#x)"/>'),
    /style.*presentation attributes/,
  ],
  ['a style from inside', frame('<rect style="fill:url(#x)"/>'), /style/],
  ['a style that is escaped', frame('<rect style="fill:u\\72l(https://elsewhere.example)"/>'), /style/],
  ['a style sheet from elsewhere', frame('<style>@import "https://elsewhere.example/a.css";</style>'), /style.*“@”/],
  ['a font from elsewhere', frame('<style>@font-face{src:url(https://elsewhere.example)}</style>'), /style/],
  ['a style sheet of more than classes', frame('<style>path:hover{fill:red}</style>'), /style.*“path:hover”/],
  ['a style sheet that breaks off', frame('<style>.a{fill:red</style>'), /style/],
  ['an instruction', `<?xml-stylesheet href="https://elsewhere.example/a.css"?>${plain}`, /instructions to programs/],
  ['entities', `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${plain}`, /letters of its own/],
  ['entities of entities', `<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${plain}`, /letters of its own/],
  ['an unknown entity', frame('<title>&nbsp;</title>'), /letters of its own/],
  ['a value that ends its attribute', frame('<rect fill="&quot;/>&lt;script&gt;"/>'), /value.*“fill”/],
  ['a value of another kind', frame('<rect fill="javascript:alert(1)"/>'), /value.*“fill”/],
  ['a clip on a clip', frame('<clipPath id="a" clip-path="url(#b)"/>'), /clips a clipping shape/],
  [
    'a clip in a clip',
    frame('<clipPath id="a"><g><rect clip-path="url(#b)"/></g></clipPath>'),
    /clips a clipping shape/,
  ],
  ['a drawing in a drawing', frame('<svg viewBox="0 0 9 9"/>'), /“svg”/],
  ['many parts', frame('<g/>'.repeat(3_001)), /too many parts/],
  ['a deep heap', frame(`${'<g>'.repeat(60)}${'</g>'.repeat(60)}`), /too many parts/],
  ['no end', '<svg viewBox="0 0 9 9"><path d="M0 0h9"/>', /has a mistake or breaks off/],
  ['another order of ends', frame('<g><defs></g></defs>'), /has a mistake/],
  ['an attribute twice', frame('<rect fill="red" fill="blue"/>'), /letters of its own|has a mistake/],
  ['two drawings', plain + plain, /has a mistake/],
  ['words around', `${plain}words`, /has a mistake/],
  ['a page', '<html><body/></html>', /no SVG and no PNG/],
  ['another vocabulary', '<svg:svg xmlns:svg="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', /no SVG and no PNG/],
  ['no size', '<svg><path d="M0 0h9"/></svg>', /does not say how large it is/],
  ['no height', '<svg viewBox="0 0 9 0"><path d="M0 0h9"/></svg>', /does not say how large it is/],
  ['a size without end', '<svg viewBox="0 0 9e99 9"><path d="M0 0h9"/></svg>', /does not say how large it is/],
  ['no shape', '<svg viewBox="0 0 9 9"><g/></svg>', /has no shapes/],
];

for (const [what, svg, message] of hostile)
  test(`refuses ${what}, and says what to do`, () => {
    const cleaned = cleanSvg(svg);
    assert.ok(!cleaned.ok, 'refused');
    const words = svgFaultMessage(cleaned.refusal, cleaned.part);
    assert.match(words, message);
    assert.match(words, /\. (?:Export|In your drawing program|Choose|Draw|Flatten)/, 'what to do');
  });

/** What is left out without a word, since nobody sees it. */
const leftOut: readonly (readonly [what: string, svg: string])[] = [
  ['words about the drawing', frame('<title>x</title><desc>y</desc><metadata><script/></metadata><!-- z -->')],
  ['parts of drawing programs', frame('<sodipodi:namedview><x/></sodipodi:namedview><i:pgf>AAAA</i:pgf>')],
  ['a script of another vocabulary', frame('<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>')],
  ['attributes of drawing programs', frame('', ' inkscape:version="1" version="1.1" xml:space="preserve" data-x="y"')],
  [
    'a document type and a first line',
    `\uFEFF<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">\n${frame('')}`,
  ],
];
for (const [what, svg] of leftOut)
  test(`leaves out ${what}`, () => {
    const cleaned = cleanSvg(svg);
    assert.deepEqual(cleaned.ok && cleaned.value.svg, plain);
  });

test('styles and classes become attributes, and the later one holds', () => {
  const cleaned = cleanSvg(
    frame(
      '<style><![CDATA[.a,.b{fill:#111;font-family:Arial}/* x */.b{stroke:#222 !important}]]></style><rect class="a b" style="fill:#333;-inkscape-x:y" fill="#444" width="1"/>',
    ),
  );
  assert.match(cleaned.ok ? cleaned.value.svg : '', /<rect fill="#333" width="1" stroke="#222"\/>/);
});

test('gradients, clips and groups stay', () => {
  const cleaned = cleanSvg(
    frame(
      '<defs><linearGradient id="a" xlink:href="#b" gradientTransform="rotate(45)"/><radialGradient id="b"><stop offset="50%" stop-color="rgb(1,2,3)"/></radialGradient><clipPath id="c"><circle r="3"/></clipPath></defs><g clip-path="url(#c)" transform="matrix(1 0 0 1 -2 .5e1)"><rect fill="url(\'#a\')" opacity=".5"/></g>',
    ),
  );
  assert.equal(
    cleaned.ok && cleaned.value.svg,
    plain.replace(
      '<path',
      '<defs><linearGradient id="a" href="#b" gradientTransform="rotate(45)"/><radialGradient id="b"><stop offset="50%" stop-color="rgb(1,2,3)"/></radialGradient><clipPath id="c"><circle r="3"/></clipPath></defs><g clip-path="url(#c)" transform="matrix(1 0 0 1 -2 .5e1)"><rect fill="url(\'#a\')" opacity=".5"/></g><path',
    ),
  );
});

test('what comes out is clean already, and has no word that runs, leads or styles', () => {
  for (const svg of [...hostile.map(([, one]) => one), ...leftOut.map(([, one]) => one)]) {
    const cleaned = cleanSvg(svg);
    if (!cleaned.ok) continue;
    assert.doesNotMatch(
      cleaned.value.svg,
      /script|style|\son\w|href="[^#]|url\((?!['"]?#)|<[!?]|https?:(?!\/\/www\.w3\.org\/2000\/svg")/i,
    );
    const again = cleanSvg(cleaned.value.svg);
    assert.deepEqual(again, cleaned);
  }
});

test('reads a long file that fits nothing in a moment', { timeout: 10_000 }, () => {
  for (const piece of ['<', '<g ', '<g a="b" ', '&', '<!--', '<g a = ', '{', '.a{', '<!DOCTYPE svg '])
    for (const svg of [piece.repeat(60_000), frame(`<style>${piece.repeat(30_000)}</style>`)]) {
      const before = performance.now();
      assert.equal(cleanSvg(svg).ok, false, piece);
      assert.ok(performance.now() - before < 1_000, piece);
    }
});
