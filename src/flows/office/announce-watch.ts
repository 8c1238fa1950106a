import { cancelAnnouncement } from '../../announcements/cancel-announcement.ts';
import { pauseAnnouncement, resumeAnnouncement } from '../../announcements/pause-announcement.ts';
import { wordsOf } from '../../core/words.ts';
import type { Option } from '../../dialog/types.ts';
import { isElsewhere, type Opened, orElsewhere } from '../kit.ts';
import { act, type Desk, go } from './announce-desk.ts';
import { askFile, type ShownWatch, sayParts } from './announce-report.ts';

/** One that is under way or over: how far it is, and what may be done. */
export async function watchScreen(desk: Desk, shown: ShownWatch): Promise<void> {
  const { d, t, kit } = desk;
  const chosen = await d.choose('watch', shown.text, watchOptions(desk, shown), orElsewhere);
  if (isElsewhere(chosen)) return kit.next({ again: true });
  if (chosen === 'list') return go(desk, { screen: 'list' });
  // sends go on meanwhile, so it is the announcement as it is that is held back
  const at = { announcementId: shown.id };
  switch (chosen) {
    case 'pause':
      if ((await act(desk, 'pause', (ctx) => pauseAnnouncement(ctx, at))) !== null) await d.say(t('announce-paused'));
      break;
    case 'resume':
      if ((await act(desk, 'resume', (ctx) => resumeAnnouncement(ctx, at))) !== null)
        await d.say(t('announce-resumed'));
      break;
    case 'cancel':
      await cancel(desk, shown);
      break;
    case 'parts':
      await sayParts(desk, shown.id);
      break;
    case 'file':
      await askFile(desk, shown.id);
      break;
    case 'hearing':
      // there it is moved and called off, and there are those who come
      return kit.next({ start: 'hearings', args: { about: String(shown.hearingId) } satisfies Opened });
  }
  go(desk, { id: shown.id });
}

function watchOptions({ t, may }: Desk, { state, counted, hearingId }: ShownWatch): Option[] {
  const release = may('announcements.release');
  const goes = state === 'released' || state === 'running';
  const stop = [...wordsOf('stop'), ...wordsOf('cancel')];
  return [
    ...(release && goes ? [{ id: 'pause', label: t('btn-announce-pause') }] : []),
    ...(release && state === 'paused' ? [{ id: 'resume', label: t('btn-announce-resume') }] : []),
    ...(release && (goes || state === 'paused')
      ? [{ id: 'cancel', label: t('btn-announce-cancel'), spellings: [...new Set(stop)] }]
      : []),
    { id: 'look', label: t('btn-announce-look') },
    ...(counted ? [{ id: 'parts', label: t('btn-announce-parts') }] : []),
    ...(counted ? [{ id: 'file', label: t('btn-announce-file') }] : []),
    ...(may('hearings.manage') && hearingId !== null ? [{ id: 'hearing', label: t('btn-announce-open-hearing') }] : []),
    { id: 'list', label: t('btn-to-list') },
  ];
}

/** Stopped for good only after one more question; «stop» there means yes. */
async function cancel(desk: Desk, { id: announcementId }: ShownWatch): Promise<void> {
  const { d, t } = desk;
  const options = [
    { id: 'yes', label: t('btn-announce-cancel-yes'), spellings: [...wordsOf('yes'), ...wordsOf('stop')] },
    { id: 'no', label: t('btn-announce-cancel-no'), spellings: wordsOf('no') },
  ];
  if ((await d.choose('sure', t('announce-cancel-ask'), options, { compact: true })) !== 'yes') return;
  const canceled = await act(desk, 'cancel', (ctx) => cancelAnnouncement(ctx, { announcementId }));
  if (canceled !== null) await d.say(t('announce-canceled'));
}
