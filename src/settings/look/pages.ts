/** The forms of logo and colour as pages, and how a version of them is said and shown. */
import { digest } from '../../platform/crypto/crypto.ts';
import { contrast, formatRatio, isHex } from '../../platform/look/contrast.ts';
import { bytesOf, LogoContent, mediaTypes, mostLogoBytes, widest } from '../../platform/look/logo.ts';
import { contrastByDay, dayColours, nightColour, nightColours } from '../../platform/look/main-colour.ts';
import type { LookPart } from '../../platform/look/site-look.ts';
import { backTo, type FormPage, type Picture } from '../../platform/rendering/pages.ts';
import { settingsPaths } from '../../vocabulary/paths/settings.ts';
import { formatSize } from '../../vocabulary/sizes.ts';
import type { Content } from '../partnership-forms.ts';

export const lookPages = {
  logo: { title: 'Logo', address: settingsPaths.logo },
  colour: { title: 'Main colour', address: settingsPaths.colour },
} as const satisfies Readonly<Record<LookPart, object>>;

const second = 'Another administrator or a data-protection lead must approve your proposal before the public sees it.';
const replaces = 'A proposal waits for approval. If you save this form, your proposal replaces it.';
const neutral = 'The private pages behind /information keep the look of Safelight.';

export const logoIn = (content: Content | undefined) => LogoContent.safeParse(content).data;

/** `shown`: the content that is proposed or public now. */
export function logoFormPage(shown: Content, waiting: boolean): FormPage {
  const logo = logoIn(shown);
  return {
    title: lookPages.logo.title,
    ...backTo(settingsPaths.settings(), 'Settings'),
    lead: [`The logo stands at the top of the public pages and on printed papers. ${neutral}`, second],
    ...(waiting && { warning: replaces }),
    button: 'Save as a proposal',
    sending: 'The file is being sent and cleaned. There is nothing more to press.',
    fields: (ask) => [
      logo
        ? ask.one('show', 'What does the site show?', [
            { value: 'file', text: 'The file that you choose below' },
            { value: 'kept', text: 'The logo that is there, with the text below' },
            { value: 'none', text: 'No logo' },
          ])
        : ask.hidden('show', 'file'),
      ask.text('alternative', 'Text alternative (optional)', {
        value: logo?.alternative,
        hint: 'Screen readers say this instead of the logo. Leave it empty for the name of the partnership',
      }),
      ask.file('file', 'The file', {
        hint: `An SVG without text, or a PNG. It stands on white, at most ${widest} times as wide as high. After cleaning it can have ${formatSize(mostLogoBytes)}`,
        accept: 'image/svg+xml,image/png',
      }),
    ],
  };
}

export const colourFormPage = (shown: Content, waiting: boolean): FormPage => ({
  title: lookPages.colour.title,
  ...backTo(settingsPaths.settings(), 'Settings'),
  lead: [
    `The bar at the top of the public pages has this colour, and so have links and buttons. On a dark screen Safelight chooses a lighter colour for links and buttons. ${neutral}`,
    second,
  ],
  ...(waiting && { warning: replaces }),
  button: 'Save as a proposal',
  fields: (ask) => [
    ask.text('colour', 'Main colour (optional)', {
      value: shown.colour,
      classes: 'govuk-input--width-10',
      hint: 'As # and six letters or digits, like #1d70b8. Leave it empty for the colours of Safelight',
    }),
  ],
});

/** Each field of one part: its label and its words. */
export function describeLook(part: LookPart, content: Content): readonly (readonly [string, string])[] {
  return part === 'logo' ? describeLogo(content) : describeColour(content);
}

function describeLogo(content: Content): readonly (readonly [string, string])[] {
  const logo = logoIn(content);
  if (!logo) return [['Logo', 'No logo']];
  const bytes = bytesOf(logo);
  const size = `${formatSize(bytes.length)}, ${logo.width} by ${logo.height}`;
  return [
    ['Logo', `${logo.format.toUpperCase()}, ${size}, fingerprint ${digest(bytes).slice(0, 8)}`],
    ['Text alternative', logo.alternative ?? 'The name of the partnership'],
  ];
}

function describeColour({ colour }: Content): readonly (readonly [string, string])[] {
  if (typeof colour !== 'string' || !isHex(colour)) return [['Main colour', 'The colours of Safelight']];
  const night = nightColour(colour);
  return [
    ['Main colour', colour],
    ['Contrast with white text', formatRatio(contrast(colour, '#ffffff'))],
    ['Lowest contrast on a light screen', formatRatio(contrastByDay(colour))],
    ['Links and buttons on a dark screen', `${night.colour}, contrast ${formatRatio(night.ratio)}`],
  ];
}

const dataAddress = (type: string, bytes: Buffer): string => `data:${type};base64,${bytes.toString('base64')}`;

/** What a version shows, for who compares it with what is there. */
export function picturesOf(part: LookPart, content: Content | undefined, caption: string): readonly Picture[] {
  if (part === 'colour')
    return content && typeof content.colour === 'string' ? [sampleOf(content.colour, caption)] : [];
  const logo = logoIn(content);
  return logo ? [{ src: dataAddress(mediaTypes[logo.format], bytesOf(logo)), alternative: caption, caption }] : [];
}

/** Bar, link and button, by day and by night. */
function sampleOf(colour: string, caption: string): Picture {
  if (!isHex(colour)) return { src: '', alternative: '', caption };
  const night = nightColour(colour).colour;
  const half = (top: number, page: string, link: string, button: string) =>
    `<g transform="translate(0 ${top})"><rect width="320" height="110" fill="${page}"/><rect width="320" height="40" fill="${colour}"/><text x="12" y="26" fill="#fff">Bar at the top</text><text x="12" y="80" fill="${link}" text-decoration="underline">A link</text><rect x="110" y="58" width="110" height="36" fill="${link}"/><text x="122" y="81" fill="${button}">A button</text></g>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 230" width="320" height="230" font-family="sans-serif" font-size="16">${half(0, dayColours.paper, colour, '#fff')}${half(120, nightColours.paper, night, nightColours.ink)}</svg>`;
  const alternative = `${caption}: bar, link and button in ${colour}, on a light and on a dark screen`;
  return { src: dataAddress(mediaTypes.svg, Buffer.from(svg)), alternative, caption };
}
