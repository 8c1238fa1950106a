import { type Translate, translator } from '../core/texts.ts';
import type { Dialog, Flow } from '../dialog/types.ts';
import { addressOf } from '../messaging/dialog-key.ts';
import { checkJoinCode, joinChats, type NotJoined } from '../privacy/join-chats.ts';
import { giveJoinCode } from '../residents/give-join-code.ts';
import { JOIN_MINUTES, showJoinCode } from '../residents/join-code.ts';
import { type Chat, chooseNoticeChat, listChats } from '../residents/notice-chat.ts';
import { asResident, isElsewhere, type Kit, type Opened, orElsewhere, textsOf } from './kit.ts';
import { askLanguage } from './language.ts';

/** What stands in `about` where no code can be read in what was written after the command. */
export const UNREADABLE_JOIN_CODE = 'unreadable';

/** Without a code: gives one, and asks whoever has several chats to which notices go. With one (its hash): joins. */
export const join: Flow<Kit, Opened> = {
  name: 'join',
  version: 1,
  async run(d, kit, { about }) {
    if (about === '') await begin(d, kit);
    else await typed(d, kit, about);
  },
};

async function begin(d: Dialog, kit: Kit): Promise<void> {
  const t = textsOf(kit);
  const me = await d.remember('me', () => {
    const { resident } = kit;
    if (resident === null) return 'unknown';
    return resident.consentAt === null && kit.staff.length === 0 ? 'unagreed' : resident.id;
  });
  if (typeof me === 'string') return d.say(t(`join-${me}`));
  const chats = await d.remember('chats', (ctx) => listChats(ctx.tx ?? ctx.db, me));
  if (chats.length > 1) {
    const now = chats.find(({ noticed }) => noticed) ?? chats[0];
    const prompt = t('join-now', { channel: now === undefined ? '' : nameOf(now, chats, kit, t) });
    const options = [...optionsOf(chats, kit, t), { id: CODE, label: t('btn-join-code') }];
    const chosen = await d.choose('where', prompt, options, orElsewhere);
    if (isElsewhere(chosen)) return kit.next({ again: true });
    if (chosen !== CODE) return keepChosen(d, kit, { residentId: me, chats, chosen, t });
  }
  return giveCode(d, kit, me, t);
}

const CODE = 'code';

/** The code is told as the last thing of the conversation: so it is kept in none. */
async function giveCode(d: Dialog, kit: Kit, residentId: number, t: Translate): Promise<void> {
  const code = await d.effect('code', (ctx) =>
    giveJoinCode(asResident(ctx, residentId), { residentId, address: addressOf(kit.key) }),
  );
  const words = t('join-words', { code: showJoinCode(code) });
  await d.say([t('join-code', { words, minutes: JOIN_MINUTES }), ...kit.joinChatLinks(code)].join('\n'));
}

async function typed(d: Dialog, kit: Kit, codeHash: string): Promise<void> {
  const locale = await askLanguage(d, kit);
  if (locale === null) return;
  const t = translator(locale);
  if (codeHash === UNREADABLE_JOIN_CODE) return d.say(t('join-unreadable'));
  const input = { codeHash, address: addressOf(kit.key) };
  const found = await d.effect('check', (ctx) => checkJoinCode(ctx, input));
  if (found.state !== 'fits') return refuse(d, found, t);
  const works = await d.remember('works', () => kit.staff.length > 0);
  const ask = t('join-ask', { channel: t(`channel-${found.channel}`) });
  const prompt = works ? `${ask}\n${t('join-ask-staff')}` : ask;
  const labels = { yes: t('btn-join-yes'), no: t('btn-join-no') };
  if (!(await d.confirm('sure', prompt, labels))) return d.say(t('join-kept'));
  const joined = await d.effect('join', (ctx) => joinChats(ctx, input));
  if (joined.state !== 'joined') return refuse(d, joined, t);
  const { residentId } = joined;
  await d.say(t('join-done'));
  const chats = await d.remember('chats', (ctx) => listChats(ctx.tx ?? ctx.db, residentId));
  const chosen = await d.choose('where', t('join-where'), optionsOf(chats, kit, t), orElsewhere);
  if (isElsewhere(chosen)) return kit.next({ again: true });
  return keepChosen(d, kit, { residentId, chats, chosen, t });
}

async function refuse(d: Dialog, why: NotJoined, t: Translate): Promise<void> {
  if (why.state === 'silent') return;
  if (why.state === 'paused') return d.say(t('join-pause', { minutes: why.minutes }));
  const reason = t(`join-${why.state}`);
  const pause = 'minutes' in why && why.minutes > 0 ? [t('join-pause', { minutes: why.minutes })] : [];
  return d.say([reason, ...pause].join(' '));
}

async function keepChosen(
  d: Dialog,
  kit: Kit,
  { residentId, chats, chosen, t }: { residentId: number; chats: readonly Chat[]; chosen: string; t: Translate },
): Promise<void> {
  const chat = chats.find(({ id }) => String(id) === chosen);
  if (chat === undefined) return;
  await d.effect('choose', (ctx) => chooseNoticeChat(asResident(ctx, residentId), { residentId, addressId: chat.id }));
  await d.say(t('join-chosen', { channel: nameOf(chat, chats, kit, t) }));
}

function optionsOf(chats: readonly Chat[], kit: Kit, t: Translate) {
  return chats.map((chat) => ({ id: String(chat.id), label: nameOf(chat, chats, kit, t) }));
}

/** By its channel; of several on one channel by its place among them, unless it is the one they write in. */
function nameOf(chat: Chat, chats: readonly Chat[], kit: Kit, t: Translate): string {
  const here = addressOf(kit.key);
  const { channel, account, id } = chat.address;
  const name = t(`channel-${channel}`);
  const alike = chats.filter(({ address }) => address.channel === channel);
  if (alike.length < 2) return name;
  if (channel === here.channel && account === here.account && id === here.id) return t('join-here', { channel: name });
  return t('join-other', { channel: name, n: alike.indexOf(chat) + 1 });
}
