/** Links that run code in the reader’s browser, or hide it in the address, however the address is written. Pure. */

/** Schemes that a browser runs, or opens as a page or a file of its own. None of them leads to an address of the web. */
const schemes = [
  ...['javascript', 'livescript', 'jscript', 'vbscript', 'mocha', 'ecmascript'],
  ...['data', 'blob', 'filesystem', 'file', 'view-source', 'jar', 'mhtml', 'about', 'intent', 'ms-msdt', 'search-ms'],
] as const;
const runsCode = new RegExp(`^(?:feed:|url:|wyciwyg:)?(?<scheme>${schemes.join('|')}):`, 'i');

/** Where an address can begin: a link or a picture of Markdown, in angle brackets, a definition, a key, and an attribute. */
const beginsAddress =
  /\]\(\s*<?|<(?=[^\s<>]*(?::|&))|^ {0,3}\[[^\]]{1,100}\]:\s*<?|^\s{0,8}(?:url|link|image)\s*:\s*["']?|\b(?:href|src|srcset|srcdoc|action|formaction|poster|data|cite|background|content)\s*=\s*["'`]?\s*(?:\d+\s*;\s*url\s*=\s*)?|url\(\s*["']?/gim;
/** The rest of a link whose words stand on the line before. */
const beginsLine = /^\s*(?<scheme>(?:java|live|vb)script:(?=\S)|data:(?=[a-z]+\/))/i;
const longest = 120;
const mayHaveScheme = /[:：&]/u;

const named: Readonly<Record<string, string>> = {
  ...{ tab: '', newline: '', colon: ':', nbsp: ' ', lpar: '(', sol: '/', bsol: '\\', zwj: '', zwnj: '', shy: '' },
};

/** The address as a browser reads it: character references resolved, and without the signs that it leaves out. */
function asRead(address: string): string {
  const resolved = address.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,20}));?/gi,
    (whole, decimal, hexadecimal, name) => {
      if (name) return named[String(name).toLowerCase()] ?? whole;
      const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
  return resolved.normalize('NFKC').replace(/[\p{C}\p{Z}\s\p{Default_Ignorable_Code_Point}\\]/gu, '');
}

/** The scheme of each such address in a line, as “javascript:”. */
export function findCodeSchemes(line: string): string[] {
  if (!mayHaveScheme.test(line)) return [];
  const found = [...line.matchAll(beginsAddress)].flatMap(({ index, 0: { length } }) => {
    const address = line.slice(index + length, index + length + longest);
    const { scheme } = (mayHaveScheme.test(address) && runsCode.exec(asRead(address))?.groups) || {};
    return scheme ? [`${scheme.toLowerCase()}:`] : [];
  });
  const { scheme } = beginsLine.exec(line)?.groups ?? {};
  return [...new Set([...found, ...(scheme ? [scheme.toLowerCase()] : [])])];
}
