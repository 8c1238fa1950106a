import type { Context, Tx } from '../core/context.ts';
import { formatDate } from '../core/dates.ts';
import type { Translate } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import type { OutboundOption } from '../messaging/contract.ts';
import { loadPlaces } from '../places/places.ts';
import { HearingNotFoundError, HearingRefusedError } from './errors.ts';
import { type HearingAct, hearingButton } from './hearing-buttons.ts';
import { getHearing, type Hearing } from './queries.ts';
import { takesQuestions } from './rules.ts';
import { setIntent } from './set-intent.ts';

/**
 * A tap on a notice in a group. It counts for the one who tapped, who is answered in a chat of their own; what is not
 * new, or comes too late, is answered by nothing, so that the group hears of none. @throws as `setIntent`, but no refusals
 */
export async function tapInGroup(
  ctx: Context,
  { residentId, hearingId, act }: { residentId: number; hearingId: number; act: HearingAct },
): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const within = { ...ctx, tx };
    const hearing = await getHearing(tx, hearingId).catch(nullWhereRefused);
    if (hearing === null) return;
    if (act === 'come' || act === 'cannot') {
      const intent = act === 'come' ? 'coming' : 'not_coming';
      const kept = await setIntent(within, { residentId, hearingId, intent }).catch(nullWhereRefused);
      if (kept?.changed !== true) return;
    }
    await answerApart(tx, within, { residentId, hearing, act });
  });
}

function nullWhereRefused(error: unknown): null {
  if (error instanceof HearingRefusedError || error instanceof HearingNotFoundError) return null;
  throw error;
}

async function answerApart(
  tx: Tx,
  ctx: Context,
  { residentId, hearing, act }: { residentId: number; hearing: Hearing; act: HearingAct },
): Promise<void> {
  const { timeZone } = (await loadPlaces(tx)).municipality(hearing.municipalityId);
  const asks = act === 'ask' || (act === 'cannot' && takesQuestions(hearing, ctx.clock.now()));
  await sendNotice(tx, ctx, {
    municipalityId: hearing.municipalityId,
    subject: `hearing:${hearing.id}`,
    audience: 'own',
    residentIds: [residentId],
    write(t, locale) {
      const date = formatDate(hearing.startsAt, locale, timeZone, 'short');
      const about = t('hearing-about', { kind: t(`hearing-kind-${hearing.kind}`), date });
      const options = [offered(hearing.id, asks ? 'ask' : act, t)];
      return { text: `${about}\n${wordsOf(act, asks, t)}`, options };
    },
  });
}

function wordsOf(act: HearingAct, asks: boolean, t: Translate): string {
  if (act === 'come') return t('will-come');
  if (act === 'draft') return t('hearing-draft-apart');
  return t(asks ? 'hearing-ask-apart' : 'cannot-come-noted');
}

/** What may be done next: whoever comes may change their mind, and the other way round. */
function offered(hearingId: number, act: HearingAct, t: Translate): OutboundOption {
  switch (act) {
    case 'come':
      return { data: hearingButton(hearingId, 'cannot'), label: t('btn-cannot-come') };
    case 'cannot':
      return { data: hearingButton(hearingId, 'come'), label: t('btn-come') };
    case 'draft':
      return { data: hearingButton(hearingId, 'draft'), label: t('btn-read-draft') };
    case 'ask':
      return { data: hearingButton(hearingId, 'ask'), label: t('btn-hearing-ask') };
  }
}
