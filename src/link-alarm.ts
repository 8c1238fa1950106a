import type { WhatsAppChannel } from './channels/whatsapp/channel.ts';
import { needsPerson } from './channels/whatsapp/states.ts';
import type { Context } from './core/context.ts';
import type { Text } from './core/text.ts';
import type { Translate } from './core/texts.ts';
import { withTransaction } from './db/transaction.ts';
import { sendNotice } from './deliveries/send-notice.ts';
import { loadPlaces } from './places/places.ts';
import { peopleWith } from './staff/people-with.ts';

/** A link that only stutters mends itself; after so long somebody should look. */
const TROUBLE_MS = 10 * 60_000;
/** Whoever may link groups answers for how people reach the office. */
const RIGHT = 'groups.link';

interface Watched {
  readonly whatsapp: Pick<WhatsAppChannel, 'status' | 'noteTold'>;
  /** Where the phone is linked, on the computer of the bot; null: by its terminal alone. */
  readonly page: string | null;
}

/**
 * Tells the staff once, by their other channels, that WhatsApp's link is lost and how it is mended, also where they were
 * told before that it does not hold; and once that it is back.
 */
export async function tellOfLink(ctx: Context, { whatsapp, page }: Watched): Promise<void> {
  const { state, told, linkedAt, readyAt } = whatsapp.status;
  if (linkedAt === null) return;
  if (state === 'ready') {
    if (told === null) return;
    await tell(ctx, (t) => t('wa-staff-back'));
    whatsapp.noteTold(null);
    return;
  }
  if (told === 'lost' || state === 'stopped') return;
  const now = needsPerson(state, true) ? 'lost' : 'trouble';
  if (now === told) return;
  if (now === 'trouble' && ctx.clock.now().getTime() - (readyAt ?? linkedAt).getTime() < TROUBLE_MS) return;
  await tell(ctx, (t) => {
    if (now === 'trouble') return t('wa-staff-trouble');
    if (state === 'blocked') return t('wa-staff-blocked');
    return page === null ? t('wa-staff-lost-closed') : t('wa-staff-lost', { page });
  });
  whatsapp.noteTold(now);
}

async function tell(ctx: Context, words: (t: Translate) => Text): Promise<void> {
  const { municipalities } = await loadPlaces(ctx.db);
  await withTransaction(ctx, async (tx) => {
    for (const { id: municipalityId } of municipalities) {
      await sendNotice(tx, ctx, {
        municipalityId,
        subject: 'whatsapp:bot',
        residentIds: await peopleWith(tx, municipalityId, RIGHT),
        audience: 'staff',
        notBy: 'whatsapp',
        write: (t) => ({ text: words(t) }),
      });
    }
  });
}
