import type { Locale } from '../core/texts.ts';
import type { ChannelName } from '../messaging/contract.ts';

/** What keeps an announcement from being sent. */
export type Problem =
  /** Its hearing has begun, was canceled or held. */
  | { readonly kind: 'hearing-over' }
  /** Nobody is in the audience to whom it would go. */
  | { readonly kind: 'audience-empty' }
  /** No rung is left that would be sent. */
  | { readonly kind: 'nothing-to-send' }
  /** There are no words in any language. */
  | { readonly kind: 'text-missing' }
  /** With what stands around it, it is longer than one message. */
  | { readonly kind: 'text-too-long'; readonly locale: Locale; readonly length: number; readonly most: number }
  | { readonly kind: 'file-too-large'; readonly name: string; readonly mostMegabytes: number }
  /** The platform has lost it, or it has not arrived yet. */
  | { readonly kind: 'file-missing' | 'file-waiting'; readonly name: string };

/** What staff should know before they release it; it may be sent all the same. */
export type Warning =
  /** Who speaks `locale` reads the words of `reads`. */
  | { readonly kind: 'language-missing'; readonly locale: Locale; readonly reads: Locale }
  /** Fewer days to the hearing than the municipality's rule asks for. */
  | { readonly kind: 'notice-period'; readonly days: number; readonly least: number }
  | { readonly kind: 'rung-past' | 'rung-postponed' | 'rung-at-night'; readonly rung: string }
  /** The channel holds bulk back: this is the first send that takes an hour or more there, and about when it has gone. */
  | { readonly kind: 'slow-channel'; readonly channel: ChannelName; readonly rung: string; readonly until: Date }
  /** When the send is of no use any more, not everybody on the channel has got it. */
  | { readonly kind: 'channel-too-slow'; readonly channel: ChannelName; readonly rung: string };
