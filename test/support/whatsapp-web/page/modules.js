import { altDeviceLinking, Cmd, Conn, progress, Socket } from './link.js';
import * as media from './media.js';
import { addAndSendMsgToChat } from './send.js';
import { ask, askWhatsApp } from './server.js';
import { account, collections, findChat, lidOf, loadEarlierMsgs, Msg, meet, numberOf } from './store.js';
import { createWid, fromWire, MsgKey } from './wid.js';

const myWid = (which) => () => (account.me ? createWid(account.me[which]) : undefined);
const getMaybeMePnUser = myWid('number');
const getMaybeMeLidUser = myWid('lid');
const isMe = (contact) => [getMaybeMePnUser(), getMaybeMeLidUser()].some((wid) => wid?.equals(contact.id));
const LINK = /https?:\/\/[^\s]+/g;
const findLinks = (text) => (text?.match?.(LINK) ?? []).map((href) => ({ href }));

export const calls = new Map();
const callCollection = { on() {}, _calls: calls };

const reactionTableMode = { bulkUpsert: async () => {} };
const pollVoteTableMode = { bulkUpsert: async () => {} };
const votes = [];

/** Somebody put an emoji on a message. */
export function reactions(list) {
  return reactionTableMode.bulkUpsert(
    list.map(({ parent, ...rest }) => ({ ...fromWire(rest), reactionParentKey: MsgKey.fromString(parent) })),
  );
}

/** Somebody voted in a poll. */
export function pollVotes(list) {
  votes.push(...list.map(({ parent, ...rest }) => ({ ...rest, parentMsgKey: parent })));
  return pollVoteTableMode.bulkUpsert(
    list.map(({ parent, ...rest }) => ({ ...fromWire(rest), pollUpdateParentKey: MsgKey.fromString(parent) })),
  );
}

async function queryWidExists(wid) {
  const found = await askWhatsApp('exists', { id: wid._serialized });
  if (!found) return null;
  meet(found.person);
  return { wid: createWid(found.wid) };
}

async function sendSeen({ chat }) {
  await ask('seen', { chat: chat.id._serialized });
  chat.set({ unreadCount: 0 });
}

const typing = (state) => (wid) => ask('typing', { chat: wid._serialized, state });

/** The message another one replies to, from what the page has or from what the reply carries of it. */
function getQuotedMsgObj(msg) {
  const known = collections.Msg.getModelsArray().find(({ id }) => id.id === msg.quotedStanzaID);
  if (known) return known;
  const { quotedParticipant: from, quotedStanzaID: id } = msg;
  const remote = msg.id.remote;
  const fromMe = isMe({ id: from });
  const participant = remote.isGroup() ? from : undefined;
  return new Msg({ ...msg.quotedMsg, id: new MsgKey({ fromMe, remote, id, participant }), from, to: remote, t: msg.t });
}

async function sendRevokeMsgs(_chat, { list }) {
  for (const msg of list) msg.set({ type: 'revoked', body: '' });
}

Object.assign(Cmd, {
  sendRevokeMsgs,
  sendDeleteMsgs: sendRevokeMsgs,
  archiveChat: async (chat, archive) => chat.set({ archive }),
});

/** `window.require(name)`: what whatsapp-web.js 1.34.7 asks WhatsApp's page for. */
export const modules = {
  // linking
  WAWebSocketModel: { Socket },
  WAWebCmd: { Cmd },
  WAWebConnModel: { Conn },
  WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => progress.percent } },
  WAWebAltDeviceLinkingApi: altDeviceLinking,
  WAWebLaunchSocketUtils: { refreshQR: () => Cmd.refreshQR() },
  WABase64: { encodeB64: (bytes) => btoa(String.fromCharCode(...bytes)) },
  WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: '1' },
  WAWebAdvSignatureApi: {},
  WAWebUserPrefsInfoStore: { waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: new Uint8Array(32) } }) } },
  WAWebSignalStoreApi: {
    waSignalStore: { getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: new Uint8Array(32) } }) },
  },
  WAWebUserPrefsMultiDevice: { getADVSecretKey: () => btoa('secret key of the device') },
  WAWebMiscBrowserUtils: { info: () => ({ os: 'Linux', name: 'Chrome' }) },
  WAWebUserPrefsMeUser: { getMaybeMePnUser, getMaybeMeLidUser },
  WAWebBackendJobsCommon: { mediaTypeFromProtobuf: () => null },
  WAWebE2EProtoUtils: { typeAttributeFromProtobuf: () => 'text' },

  // events
  WAWebCollections: collections,
  WAWebSyncGatingUtils: { isPlaceholderMessageResendEnabled: () => false },
  WAWebCallCollection: callCollection,
  WAWebNonMessageDataRequestPlaceholderMessageResendUtils: {
    handlePlaceholderMsgsSeen: (msgs) => ask('resend', { ids: msgs.map(({ id }) => id._serialized) }),
  },
  WAWebAddonReactionTableMode: { reactionTableMode },
  WAWebAddonPollVoteTableMode: { pollVoteTableMode },
  WAWebPollsVotesSchema: {
    getTable: () => ({ equals: async (_fields, key) => votes.filter(({ parentMsgKey }) => parentMsgKey === key) }),
  },

  // chats and contacts
  WAWebWidFactory: { createWid, createWidFromWidLike: createWid, asUserWidOrThrow: createWid },
  WAWebFindChatAction: { findOrCreateLatestChat: async (wid) => ({ chat: await findChat(wid), created: false }) },
  WAWebChatLoadMessages: { loadEarlierMsgs },
  WAWebLidMigrationUtils: { toPn: (wid) => (wid.isLid() ? numberOf(wid) : wid) },
  WAWebApiContact: {
    getCurrentLid: lidOf,
    getPhoneNumber: numberOf,
    getAlternateUserWid: (wid) => (wid.isLid() ? numberOf(wid) : lidOf(wid)),
  },
  WAWebQueryExistsJob: { queryWidExists },
  WAWebChatGetters: { getIsNewsletter: ({ id }) => id.isNewsletter(), getIsBroadcast: ({ id }) => id.isBroadcast() },
  WAWebContactGetters: {
    getIsMe: isMe,
    getIsUser: ({ id }) => id.isUser(),
    getIsGroup: ({ id }) => id.isGroup(),
    getIsWAContact: ({ id }) => id.isUser(),
    getUserid: ({ id }) => id.user,
    getVerifiedName: () => undefined,
    getVerifiedLevel: () => undefined,
    getStatusMute: () => false,
    getName: ({ name }) => name,
    getShortName: ({ name }) => name,
    getPushname: ({ pushname }) => pushname,
    getIsEnterprise: () => false,
  },
  WAWebFrontendContactGetters: { getIsMyContact: () => false },

  // sending
  WAWebMsgKey: MsgKey,
  WALinkify: { findLink: (text) => findLinks(text)[0], findLinks },
  WAWebLinkPreviewChatAction: { getLinkPreview: async () => null },
  WAWebVcardParsingUtils: { parseVcard: () => null },
  WAWebStreamModel: { Stream: { markAvailable() {}, markUnavailable() {} } },
  WAWebUpdateUnreadChatAction: { sendSeen },
  WAWebMsgReply: { canReplyMsg: (msg) => msg.canReply() },
  WAWebQuotedMsgModelUtils: { getQuotedMsgObj },
  WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
  WAWebSendMsgChatAction: { addAndSendMsgToChat },
  WAWebChatStateBridge: {
    sendChatStateComposing: typing('typing'),
    sendChatStateRecording: typing('recording'),
    sendChatStatePaused: typing('stop'),
  },
  WAWebPresenceChatAction: { sendPresenceAvailable: async () => {}, sendPresenceUnavailable: async () => {} },
  WAWebSendReactionMsgAction: {
    sendReactionToMsg: ({ id }, emoji) => ask('reaction', { id: id._serialized, emoji }),
  },
  WAWebMsgActionCapability: {
    canSenderRevokeMsg: ({ id }) => id.fromMe,
    canAdminRevokeMsg: () => false,
    canEditText: ({ id }) => id.fromMe,
    canEditCaption: () => false,
    canStarMsg: () => true,
  },
  WAWebSendMessageEditAction: { sendMessageEdit: async (msg, body) => msg.set({ body }) },
  WAWebApiMessageInfoStore: { queryMsgInfo: async () => ({ delivery: [], read: [], played: [] }) },

  // media
  WAWebMediaOpaqueData: media.OpaqueData,
  WAWebPrepRawMedia: { prepRawMedia: media.prepRawMedia },
  WAWebMediaStorage: { getOrCreateMediaObject: media.getOrCreateMediaObject },
  WAWebMmsMediaTypes: { msgToMediaType: ({ type }) => type, castToV4: (type) => type },
  WAWebMediaDataUtils: { shouldUseMediaCache: () => true },
  WAWebMediaInMemoryBlobCache: { InMemoryMediaBlobCache: media.blobCache },
  WAWebMediaMmsV4Upload: { uploadMedia: media.uploadMedia },
  WAWebUploadManager: { encryptAndUpload: media.encryptAndUpload },
  WAWebStartMediaUploadQpl: { startMediaUploadQpl: () => ({}) },
  WAWebDownloadManager: { downloadManager: { downloadAndMaybeDecrypt: media.downloadAndMaybeDecrypt } },
};
