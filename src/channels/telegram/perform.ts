import type { Api } from 'grammy';
import type { ApiCall } from './outbound.ts';
import type { FileCall, SentFiles } from './sent-files.ts';

/** What calls go through. */
export interface SendingThrough {
  readonly api: Api;
  /** With more time, for those that carry a file. */
  readonly fileApi: Api;
  readonly files: SentFiles;
}

/**
 * Makes one call and returns the id of the message that came of it; `before` it begins is called, and may throw. Throws
 * what grammY throws, or a `SendError`.
 */
export async function performCall(through: SendingThrough, call: ApiCall, before: () => void): Promise<string> {
  const { raw } = through.api;
  switch (call.method) {
    case 'sendMessage':
      before();
      return String((await raw.sendMessage(call.payload)).message_id);
    case 'editMessageText':
      before();
      await raw.editMessageText(call.payload);
      return String(call.payload.message_id);
    case 'sendPhoto':
      return through.files.send(call.file, 'photo', fileCall(through, call, before));
    case 'sendVoice':
      return through.files.send(call.file, 'voice', fileCall(through, call, before));
    case 'sendDocument':
      return through.files.send(call.file, 'document', fileCall(through, call, before));
  }
}

type WithFile = Extract<ApiCall, { file: unknown }>;

function fileCall({ fileApi: { raw } }: SendingThrough, { payload }: WithFile, before: () => void): FileCall<string> {
  return async (input, kind) => {
    before();
    if (kind === 'photo') {
      const { message_id, photo } = await raw.sendPhoto({ ...payload, photo: input });
      return { result: String(message_id), fileId: photo.at(-1)?.file_id ?? null };
    }
    if (kind === 'voice') {
      const { message_id, voice } = await raw.sendVoice({ ...payload, voice: input });
      return { result: String(message_id), fileId: voice.file_id };
    }
    // a film that is sent as a document comes back as something else: it is carried there each time
    const sent: { message_id: number; document?: { file_id: string } } = await raw.sendDocument({
      ...payload,
      document: input,
    });
    return { result: String(sent.message_id), fileId: sent.document?.file_id ?? null };
  };
}
