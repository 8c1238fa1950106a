import { lineUp } from './server.js';
import { fetchMedia } from './store.js';

/** Files on their way in and out: what the library calls to prepare, upload and download. */
export class OpaqueData {
  #blob;

  static async createFromData(data, mimetype) {
    const opaque = new OpaqueData();
    opaque.#blob = data instanceof Blob ? data : new Blob([data], { type: mimetype });
    return opaque;
  }

  get type() {
    return this.#blob.type;
  }

  get size() {
    return this.#blob.size;
  }

  url() {
    return 'blob:whatsapp';
  }

  formData() {
    return this.#blob;
  }

  autorelease() {}
}

class MediaData {
  constructor(fields) {
    Object.assign(this, fields);
  }

  set(fields) {
    Object.assign(this, fields);
  }

  toJSON() {
    return { ...this, mediaBlob: undefined };
  }
}

/** The first bytes of a small picture, as WhatsApp puts one into the body of a photo. */
const PREVIEW = '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4';

export function prepRawMedia(opaque, { asSticker, asGif, isPtt, asDocument }) {
  return {
    async waitForPrep() {
      const blob = opaque.formData();
      const type = typeOf(opaque.type, { asSticker, isPtt, asDocument });
      const filehash = await hashOf(blob);
      const preview = type === 'image' || type === 'video' ? PREVIEW : undefined;
      const fields = { type, mimetype: opaque.type, size: blob.size, filehash, preview, isGif: Boolean(asGif) };
      const filename = type === 'document' ? blob.name : undefined;
      return new MediaData({ ...fields, filename, mediaBlob: opaque, mediaStage: 'RESOLVED' });
    },
  };
}

function typeOf(mimetype, { asSticker, isPtt, asDocument }) {
  if (asDocument) return 'document';
  if (asSticker) return 'sticker';
  const [kind] = mimetype.split('/');
  if (kind === 'audio') return isPtt ? 'ptt' : 'audio';
  return kind === 'image' || kind === 'video' ? kind : 'document';
}

async function hashOf(blob) {
  const bytes = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

class MediaObject {
  contentInfo = {};

  constructor(filehash) {
    this.filehash = filehash;
  }

  consolidate(fields) {
    Object.assign(this, fields);
  }
}

const objects = new Map();

export function getOrCreateMediaObject(filehash) {
  if (!objects.has(filehash)) objects.set(filehash, new MediaObject(filehash));
  return objects.get(filehash);
}

const blobs = new Map();
export const blobCache = {
  put: (filehash, blob) => blobs.set(filehash, blob),
  get: (filehash) => blobs.get(filehash),
};

export async function uploadMedia({ mediaObject, mimetype }) {
  await lineUp();
  return { mediaEntry: await upload(blobs.get(mediaObject.filehash), mimetype) };
}

/** For stickers the library uploads by itself. */
export async function encryptAndUpload({ blob }) {
  await lineUp();
  const entry = await upload(blob, blob.type);
  return { ...entry, url: entry.mmsUrl, mimetype: blob.type };
}

async function upload(body, mimetype) {
  const response = await fetch('/upload', { method: 'POST', headers: { 'content-type': mimetype }, body });
  const { directPath } = await response.json();
  const mmsUrl = `https://mmg.whatsapp.net${directPath}`;
  const mediaKey = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
  const hash = await hashOf(new Blob([directPath]));
  const entry = { mmsUrl, deprecatedMms3Url: mmsUrl, directPath, mediaKey, encFilehash: hash, uploadHash: hash };
  return { ...entry, mediaKeyTimestamp: Math.floor(Date.now() / 1000) };
}

export async function downloadAndMaybeDecrypt({ directPath }) {
  const response = await fetchMedia(directPath);
  if (!response.ok) throw Object.assign(new Error(`media: ${response.status}`), { status: response.status });
  return response.arrayBuffer();
}
