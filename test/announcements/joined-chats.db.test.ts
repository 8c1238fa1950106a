import { describe, expect, it } from 'vitest';
import { moveHearing } from '../../src/announcements/move-hearing.ts';
import { sendNotice } from '../../src/deliveries/send-notice.ts';
import type { ChannelAddress } from '../../src/messaging/contract.ts';
import { joinChats } from '../../src/privacy/join-chats.ts';
import { markReachable, markUnreachable, moveAddress } from '../../src/residents/change-address.ts';
import { giveJoinCode } from '../../src/residents/give-join-code.ts';
import { hashJoinCode } from '../../src/residents/join-code.ts';
import { chooseNoticeChat, listChats } from '../../src/residents/notice-chat.ts';
import { listAddresses } from '../../src/residents/queries.ts';
import { addresses } from '../../src/residents/tables.ts';
import { deliveredTo } from '../support/delivered-to.ts';
import { as } from '../support/given.ts';
import { type Office, useOffice } from './stage.ts';

const stage = useOffice();

/** One person on Telegram and on WhatsApp, joined now or later. */
async function givenTwoChats(office: Office) {
  const { ctx } = office;
  const kept = await office.person({ channel: 'telegram' });
  const joined = await office.person({ channel: 'whatsapp' });
  const [telegram] = await listAddresses(ctx.db, kept);
  const [whatsapp] = await listAddresses(ctx.db, joined);
  if (telegram === undefined || whatsapp === undefined) throw new Error('somebody has no chat');
  const join = async () => {
    const code = await giveJoinCode(as(ctx, kept), { residentId: kept, address: telegram });
    await joinChats(as(ctx, joined), { codeHash: hashJoinCode(code), address: whatsapp });
  };
  const choose = async ({ channel }: ChannelAddress) => {
    const chat = (await listChats(ctx.db, kept)).find(({ address }) => address.channel === channel);
    await chooseNoticeChat(as(ctx, kept), { residentId: kept, addressId: chat?.id ?? 0 });
  };
  return { kept, telegram, whatsapp, join, choose };
}

async function sendsNotice(office: Office, residentId: number): Promise<string[]> {
  const sendId = await office.ctx.db.transaction((tx) =>
    sendNotice(tx, office.ctx, {
      municipalityId: office.municipality.id,
      subject: 'proposal:1',
      residentIds: [residentId],
      audience: 'own',
      write: () => ({ text: 'Планга кирди.' }),
    }),
  );
  return deliveredTo(office.ctx.db, { sendId });
}

describe('a person of two chats', () => {
  it('gets a notice in the chat of their choice, while that can be reached', async () => {
    const office = await stage.open('JA');
    const { kept, telegram, whatsapp, join, choose } = await givenTwoChats(office);
    await join();
    expect(await sendsNotice(office, kept)).toEqual(['whatsapp']);
    await choose(telegram);
    expect(await sendsNotice(office, kept)).toEqual(['telegram']);
    await markUnreachable(office.ctx, telegram, 'blocked');
    expect(await sendsNotice(office, kept)).toEqual(['whatsapp']);
    await markReachable(office.ctx, telegram);
    await choose(whatsapp);
    expect(await sendsNotice(office, kept)).toEqual(['whatsapp']);
  });

  it('is one of an audience, in the chat of their choice', async () => {
    const office = await stage.open('JB');
    const { telegram, join, choose } = await givenTwoChats(office);
    await join();
    await choose(telegram);
    const id = await office.announces();
    await office.releases(id);
    expect(await deliveredTo(office.ctx.db, { announcementId: id })).toEqual(['telegram']);
    expect((await office.report(id)).totals).toMatchObject({ pending: 1, skipped: 0 });
  });

  it('gets an announcement to one channel there, whatever they chose', async () => {
    const office = await stage.open('JC');
    const { telegram, join, choose } = await givenTwoChats(office);
    await join();
    await choose(telegram);
    const id = await office.announces({ audience: { channels: ['whatsapp'] } });
    await office.releases(id);
    expect(await deliveredTo(office.ctx.db, { announcementId: id })).toEqual(['whatsapp']);
  });

  it('gets the correction of what reached both chats before they were joined once', async () => {
    const office = await stage.open('JD');
    const { telegram, join, choose } = await givenTwoChats(office);
    const hearing = await office.hearing();
    const id = await office.announces({ kind: 'hearing', hearingId: hearing.id, ladder: ['now'] });
    await office.releases(id);
    await office.arrive();
    expect(await deliveredTo(office.ctx.db, { announcementId: id })).toEqual(['telegram', 'whatsapp']);
    await join();
    await choose(telegram);
    await moveHearing(office.officer, {
      hearingId: hearing.id,
      changes: { startsAt: new Date('2027-04-21T10:00:00+06:00') },
    });
    await office.runs();
    expect(await deliveredTo(office.ctx.db, { announcementId: id, rung: 'moved' })).toEqual(['telegram']);
  });

  it('keeps the choice when the platform gives the chat an id that is known already', async () => {
    const office = await stage.open('JE');
    const { kept, telegram, join, choose } = await givenTwoChats(office);
    await join();
    await choose(telegram);
    const { channel, account } = telegram;
    await office.ctx.db.insert(addresses).values({ residentId: kept, channel, account, externalId: 'moved' });
    await office.ctx.db.insert(addresses).values({ residentId: kept, channel, account, externalId: 'other' });
    await moveAddress(office.ctx, telegram, 'moved');
    const chats = await listChats(office.ctx.db, kept);
    expect(chats.find(({ noticed }) => noticed)?.address.id).toBe('moved');
    expect(await sendsNotice(office, kept)).toEqual(['telegram']);
  });
});
