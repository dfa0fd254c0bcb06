/** Export of a signed return as a workbook, a table or data, after asking for the reason. */
import { z } from 'zod';
import { toCsv, toFileName } from '../platform/exports/csv.ts';
import {
  ExportForm,
  type ExportPageOptions,
  exportPage,
  formatExportReason,
  reasonsThatLeave,
} from '../platform/exports/export-reason.ts';
import { toWorkbook, workbookType } from '../platform/exports/workbook.ts';
import { answersOf } from '../platform/forms/forms.ts';
import { notFound } from '../platform/http/problem.ts';
import { type App, IdPath, may, type Request, readForm } from '../platform/http/server.ts';
import { dayRange } from '../vocabulary/calendar/days.ts';
import { formatDateTime } from '../vocabulary/calendar/moments.ts';
import { capital } from '../vocabulary/languages/english.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import { listLeftOut, withoutSinglePeople } from './counting/without-single-people.ts';
import { type SenderParts, writeSignedReturn } from './exchange/sending/sending.ts';
import { forThePublic, linksToReleases, reasonsForAFile, refuseForPublic } from './for-the-public.ts';
import { toReturnTable } from './pages.ts';
import type { Return } from './return.ts';
import type { CertifiedReturn } from './signed-return-store.ts';
import { findCertificate, getReturn } from './store.ts';

const marking = 'OFFICIAL-SENSITIVE: OPERATIONAL';

const exportFormats = {
  xlsx: 'a workbook for a spreadsheet (XLSX)',
  csv: 'a table as text (CSV)',
  json: 'the signed return as data (JSON)',
  signed: 'a signed document for a national coordinator (JSON)',
} as const;
type ExportFormat = keyof typeof exportFormats;
const ReturnExportForm = ExportForm.extend({
  shape: z.enum(['xlsx', 'csv', 'json', 'signed'], 'Select a workbook, a table, data or a signed document'),
});

/** A document for a coordinator is made from the records behind the figures. */
const listFormats = (isWhole: boolean): ExportFormat[] =>
  isWhole ? ['xlsx', 'csv', 'json', 'signed'] : ['xlsx', 'csv', 'json'];

const exportPageOptions = (
  { id, facts: { codeName }, version }: CertifiedReturn,
  request: Pick<Request, 'can'>,
): ExportPageOptions => ({
  ...linksToReleases(request),
  marking,
  title: 'Export this return',
  caption: `${codeName}, version ${version}`,
  action: returnPaths.export(id),
  reasons: reasonsForAFile,
  back: { href: returnPaths.return(id), text: 'The return' },
  lead: [
    'The file contains the figures as they were signed. It contains no records.',
    forThePublic,
    ...(request.can('return.workings')
      ? [
          'People by sex, age and home together can point to one person. A file for a partner or a coordinator leaves those parts out.',
        ]
      : []),
  ],
  fields: (ask) => [
    ask.one(
      'shape',
      'As what?',
      listFormats(request.can('return.workings')).map((value) => ({ value, text: capital(exportFormats[value]) })),
    ),
  ],
});

export async function exportRoutes(app: App, parts: SenderParts): Promise<void> {
  app.get(returnPaths.export.route, may('return.export', IdPath), async (request, reply) => {
    const { id } = request.params;
    const certified = certify(await getReturn(request.db, id));
    if (!certified) throw notFound('signed return');
    return reply.form(exportPage(exportPageOptions(certified, request)));
  });

  app.post(returnPaths.export.route, may('return.export', IdPath), async (request, reply) => {
    const { id } = request.params;
    const held = await getReturn(request.db, id);
    const signed = certify(held, await findCertificate(request.db, id));
    if (!signed) throw notFound('signed return');
    const isWhole = request.can('return.workings');
    const form = readForm(ReturnExportForm, request.body);
    const page = exportPage(exportPageOptions(signed, request));
    if (!form.ok) return reply.form(page, answersOf(request.body), form.errors);
    const { shape, why } = form.values;
    const refused = refuseForPublic(why);
    if (refused) return reply.form(page, answersOf(request.body), refused);
    // A file that leaves the agency describes no single person.
    const certified = isWhole && !reasonsThatLeave.includes(why) ? signed : leaveOut(signed);
    const { facts, version } = certified;
    if (!listFormats(isWhole).includes(shape)) throw notFound('signed return');
    request.look('return exported', id, {
      kind: 'disclosure',
      recipient: request.actor.agencyId,
      reason: formatExportReason(form.values),
    });
    const name = `return-${toFileName(facts.codeName)}-${version}`;
    if (shape === 'signed')
      return reply.export({
        fileName: `${name}-signed.json`,
        type: 'application/json',
        content: await writeSignedReturn(request, held, parts),
      });
    return reply.export({
      fileName: `${name}.${shape}`,
      ...(await makeFile(shape, certified)),
    });
  });
}

/** `leftOut` names what this reader does not get of what was signed. */
type ExportedReturn = Omit<CertifiedReturn, 'digest'> & {
  readonly digest?: string;
  readonly leftOut?: readonly string[];
};

/** Without the digest too, and without the certificate that holds it: what is left out could be tried against it. */
function leaveOut(signed: CertifiedReturn): ExportedReturn {
  const { digest: _, ...rest } = withoutSinglePeople(signed);
  return { ...rest, certificate: null, leftOut: listLeftOut(signed) };
}

const makeFile = async (shape: ExportFormat, certified: ExportedReturn) => {
  if (shape === 'json') return { type: 'application/json', content: JSON.stringify(certified, null, 2) };
  const table = toReturnTable(certified, marking);
  if (shape === 'csv') return { type: 'text/csv; header=present', content: toCsv(table) };
  return {
    type: workbookType,
    content: await toWorkbook([
      { name: 'Figures', rows: table, widths: [34, 28, 28, 12, 12, 18, 8, 12, 26, 12, 24, 40, 20, 32, 10, 12, 16] },
      { name: 'About', rows: listAbout(certified), widths: [24, 70] },
    ]),
  };
};

/** A workbook on its own says what it is and how it is marked. */
const listAbout = ({ facts, version, stage, signedAt, definitions, digest, leftOut = [] }: ExportedReturn) => [
  ['About this file', ''],
  ['Marking', marking],
  ['Operation', facts.codeName],
  ['Week', facts.weekName],
  ['Dates', dayRange(...facts.localDates)],
  ['Led by', facts.leadAgency],
  ['Return', `Version ${version}, ${stage}`],
  ['Signed', formatDateTime(signedAt)],
  ['Definitions', definitions],
  ...(digest ? [['Digest of what was signed', digest]] : []),
  ...(leftOut.length > 0 ? [['Left out of this file', leftOut.join(', ')]] : []),
];

function certify(held: Return, certificate: string | null = null): CertifiedReturn | undefined {
  if (!held.signature) return undefined;
  const { id, operationId, version, stage, definitions, facts, figures, protection } = held;
  const { signedAt, digest } = held.signature;
  return { id, operationId, version, stage, signedAt, definitions, digest, facts, figures, protection, certificate };
}
