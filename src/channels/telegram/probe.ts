import { Api } from 'grammy';
import { toSendError } from './errors.ts';

/** Asks Telegram who we are: `@name`. @throws {SendError} when it does not answer, or refuses the token */
export async function probeTelegram({ token, apiRoot }: { token: string; apiRoot: string }): Promise<string> {
  try {
    const me = await new Api(token, { apiRoot, timeoutSeconds: 10 }).getMe();
    return `@${me.username}`;
  } catch (cause) {
    throw toSendError(cause);
  }
}
