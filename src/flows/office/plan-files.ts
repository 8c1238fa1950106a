import { formatDate } from '../../core/dates.ts';
import type { MediaItem } from '../../dialog/types.ts';
import { type PlanRequest, requestPlanJob } from '../../plans/plan-jobs.ts';
import { listVersions } from '../../plans/queries.ts';
import { isPlanLanguage, PLAN_LANGUAGES, type PlanLanguage } from '../../plans/template-tags.ts';
import { resetTemplate } from '../../plans/templates.ts';
import { act, type Desk, look } from './plan-desk.ts';

/** The plan as a Word file, in one of the two languages of documents. */
export async function askFile(desk: Desk, planId: number, version?: number): Promise<void> {
  const language = await askLanguage(desk);
  await request(desk, { kind: 'document', planId, language, ...(version === undefined ? {} : { version }) });
}

/** What was heard and approved, each as a file. */
export async function askVersion(desk: Desk, planId: number): Promise<void> {
  const { d, t, kit, office, locale } = desk;
  const zone = kit.places.municipality(office.municipalityId).timeZone;
  const options = await look(desk, 'versions', async (db) =>
    (await listVersions(db, planId)).map(({ version, status, at }) => ({
      id: String(version),
      label: t('plan-version', {
        version,
        status: t(`plan-status-${status}`),
        date: formatDate(at, locale, zone, 'dmy'),
      }),
    })),
  );
  if (options === null) return;
  if (options.length === 0) return d.say(t('plan-versions-none'));
  const chosen = await d.choose('version', t('plan-versions'), options);
  await askFile(desk, planId, Number(chosen));
}

/** The template of a language: taken, sent, or put back to the first one. */
export async function templateScreen(desk: Desk): Promise<void> {
  const { d, t, office, rights } = desk;
  const options = [
    { id: 'get', label: t('btn-plan-template-get') },
    ...(rights.includes('plans.edit')
      ? [
          { id: 'send', label: t('btn-plan-template-send') },
          { id: 'reset', label: t('btn-plan-template-reset') },
        ]
      : []),
  ];
  const what = await d.choose('template', t('plan-template'), options);
  if (what === 'send') {
    const [file] = await d.attachments('template-file', t('plan-template'), { max: 1 });
    return file === undefined ? undefined : askTemplate(desk, file);
  }
  const language = await askLanguage(desk);
  if (what === 'get') return request(desk, { kind: 'template', language });
  const { municipalityId } = office;
  const isReset = await act(desk, 'reset', (ctx) => resetTemplate(ctx, { municipalityId, language }));
  if (isReset !== null) await d.say(t(isReset ? 'plan-template-reset' : 'plan-template-first'));
}

/** A file that is to be the template; it is looked at when it has arrived. */
export async function askTemplate(desk: Desk, file: MediaItem): Promise<void> {
  const language = await askLanguage(desk);
  await request(desk, { kind: 'new-template', mediaId: file.id, language });
}

async function askLanguage({ d, t }: Desk): Promise<PlanLanguage> {
  const options = PLAN_LANGUAGES.map((id) => ({ id, label: t(`language-${id}`) }));
  const chosen = await d.choose('file-language', t('plan-ask-language'), options, { compact: true });
  return isPlanLanguage(chosen) ? chosen : 'ky';
}

async function request(desk: Desk, wanted: PlanRequest): Promise<void> {
  const { d, t, kit, office, locale } = desk;
  const { staffId, municipalityId } = office;
  const noted = await act(desk, 'request', (ctx) =>
    requestPlanJob(ctx, { municipalityId, staffId, key: kit.key, locale, request: wanted }),
  );
  if (noted === null) return;
  if (noted) await d.say(t(wanted.kind === 'new-template' ? 'plan-template-soon' : 'plan-file-soon'));
  else await d.say(t('plan-file-busy'));
}
