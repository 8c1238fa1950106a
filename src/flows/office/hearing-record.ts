import type { Translate } from '../../core/texts.ts';
import type { Input, Parsed } from '../../dialog/types.ts';
import { countOpenQuestions } from '../../hearings/question-queries.ts';
import { recordHearing } from '../../hearings/record-hearing.ts';
import { PageLink } from '../../hearings/rules.ts';
import { attempt, type HearingDesk } from './hearing-room.ts';
import { type Attendance, parseAttendance } from './meeting-card.ts';

/** Where the minutes are: a file, or a page. */
type Minutes = { readonly mediaId: number } | { readonly url: string };

/** Who came, and the minutes; those who asked and have no answer come next. */
export async function record(desk: HearingDesk): Promise<'hearing' | 'questions'> {
  const { d, t, hearing } = desk;
  const came = await d.ask('people', t('meeting-ask-people'), { parse: parseAttendance(t) });
  const minutes = await d.ask<Minutes>('minutes', t('hearing-ask-minutes'), { parse: parseMinutes(t), optional: true });
  if (!(await d.confirm('check', summary(desk, came, minutes), { yes: t('btn-meeting-save'), no: t('btn-cancel') }))) {
    await d.say(t('hearing-not-recorded'));
    return 'hearing';
  }
  const { id: hearingId, revision } = hearing;
  const tried = await attempt(desk, 'record', async (ctx) => {
    await recordHearing(ctx, { hearingId, revision, ...came, ...minutesOf(minutes) });
    return countOpenQuestions(ctx.tx ?? ctx.db, hearingId);
  });
  if ('problem' in tried) {
    await d.say(t(tried.problem === 'canceled' ? 'hearing-called-off' : 'hearing-changed'));
    return 'hearing';
  }
  await d.say(t('hearing-recorded'));
  return tried.value > 0 ? 'questions' : 'hearing';
}

function minutesOf(minutes: Minutes | null) {
  if (minutes === null) return {};
  return 'url' in minutes ? { minutesUrl: minutes.url } : { minutesMediaId: minutes.mediaId };
}

function summary({ t, hearing }: HearingDesk, { people, women }: Attendance, minutes: Minutes | null): string {
  return [
    t('meeting-people', { people }),
    ...(women === null ? [] : [t('meeting-women', { women })]),
    ...(minutes === null && !hearing.hasMinutes ? [] : [t('hearing-minutes-yes')]),
    t('meeting-save'),
  ].join('\n');
}

/** One file, or the address of a page; people leave out the beginning of an address. */
function parseMinutes(t: Translate): (input: Input) => Parsed<Minutes> {
  return (input) => {
    const [file] = input.kind === 'media' ? input.media : [];
    if (file !== undefined) return { value: { mediaId: file.id } };
    if (input.kind !== 'text') return { refuse: t('hearing-link-wrong') };
    const bare = input.text.trim();
    const url = PageLink.safeParse(/^[a-z]+:/i.test(bare) ? bare : `https://${bare}`);
    const isPage = url.success && /\.[^\s.]/.test(bare) && !/\s/.test(bare);
    return isPage ? { value: { url: url.data } } : { refuse: t('hearing-link-wrong') };
  };
}
