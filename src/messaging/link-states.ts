/** How a channel's link to its platform stands, where it has one that is made by hand and may be lost. */
export const LINK_STATES = [
  'stopped',
  'starting',
  // waits to be linked: by a picture, or by a code that is typed on the phone
  'qr',
  'pairing',
  // linked; the phone's chats are on their way
  'syncing',
  'ready',
  // ready, but without a connection for now
  'degraded',
  'restarting',
  // unlinked on the phone
  'logged_out',
  // the platform refuses the number
  'blocked',
  'failed',
] as const;
export type LinkState = (typeof LINK_STATES)[number];
