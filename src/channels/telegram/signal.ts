import type { Api } from 'grammy';

type GrammySignal = NonNullable<Parameters<Api['getMe']>[0]>;

/** grammY names the type of a polyfill; what it uses of a signal (`aborted`, add and remove a listener) Node's has too. */
export function grammySignal(signal: AbortSignal): GrammySignal {
  return signal as GrammySignal;
}

/** The way back, of a signal that `grammySignal` has named so. */
export function nodeSignal(signal: GrammySignal): AbortSignal {
  return signal as AbortSignal;
}
