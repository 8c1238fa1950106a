/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { SimulatedMessage, SimulatedPerson } from '../../messaging/simulated-chat.ts';
import { Bubble, type Drawing } from './bubble.tsx';
import { Icon } from './icons.tsx';
import { type Look, shownPerson } from './people.ts';

export interface ChatProps {
  readonly person: SimulatedPerson;
  readonly messages: readonly SimulatedMessage[];
  readonly look: Look;
  /** Order of showing where not all chats fit; 1 is always seen. */
  readonly rank: number;
  readonly drawing: Drawing;
}

/** One resident's phone: the talk with the bot above, the field to write below. */
export function Chat({ person, messages, look, rank, drawing }: ChatProps) {
  const { t } = drawing;
  const { id } = person;
  const shown = shownPerson(person, t);
  return (
    <section
      class="chat"
      id={`chat-${id}`}
      data-person={id}
      data-look={look}
      data-rank={rank}
      aria-labelledby={`name-${id}`}
    >
      <header>
        <Avatar id={id} name={shown.name} />
        <div class="who">
          <h2 id={`name-${id}`}>{shown.name}</h2>
          <p>{shown.about}</p>
        </div>
        <fieldset class="look">
          <legend class="sr">{t('sim-style')}</legend>
          <LookChoice id={id} value="buttons" look={look} label={t('sim-style-buttons')} />
          <LookChoice id={id} value="numbers" look={look} label={t('sim-style-numbers')} />
        </fieldset>
      </header>
      <div class="scroll" tabindex={0} role="log" aria-label={t('sim-chat-with', { name: shown.name })}>
        <p class="empty">{t('sim-empty')}</p>
        <ol class="log" id={`log-${id}`}>
          {messages.map((message) => (
            <Bubble message={message} drawing={drawing} />
          ))}
        </ol>
      </div>
      <form id={`pick-${id}`} method="post" action={`/simulator/${id}/pick`} {...sendBy(id, 'pick')} />
      <form id={`place-${id}`} method="post" action={`/simulator/${id}/place`} {...sendBy(id, 'place')}>
        <input type="hidden" name="latitude" value={shown.place.latitude} />
        <input type="hidden" name="longitude" value={shown.place.longitude} />
      </form>
      <form
        id={`files-${id}`}
        method="post"
        action={`/simulator/${id}/files`}
        enctype="multipart/form-data"
        {...sendBy(id, 'files')}
        hidden
      >
        <input
          type="file"
          name="file"
          multiple
          accept="image/*,.pdf"
          id={`photo-${id}`}
          tabindex={-1}
          aria-label={t('sim-photo')}
        />
        <input type="file" name="file" accept="audio/*" id={`voice-${id}`} tabindex={-1} aria-label={t('sim-voice')} />
        <input type="hidden" name="caption" />
      </form>
      <Composer id={id} drawing={drawing} />
    </section>
  );
}

function Composer({ id, drawing: { t } }: { id: string; drawing: Drawing }) {
  return (
    <form class="composer" method="post" action={`/simulator/${id}/text`} {...sendBy(id, 'text')}>
      <p class="editing" hidden>
        <Icon name="edit" />
        <span>{t('sim-edit')}</span>
        <button type="button" data-act="edit-cancel" title={t('sim-edit-cancel')}>
          <Icon name="close" />
          <span class="sr">{t('sim-edit-cancel')}</span>
        </button>
      </p>
      <input type="hidden" name="edits" />
      <details class="attach">
        <summary title={t('sim-attach')}>
          <Icon name="attach" />
          <span class="sr">{t('sim-attach')}</span>
        </summary>
        <div class="menu">
          <button type="button" data-act="photo">
            <Icon name="photo" />
            {t('sim-photo')}
          </button>
          <button type="button" data-act="voice">
            <Icon name="voice" />
            {t('sim-voice')}
          </button>
          <button type="submit" form={`place-${id}`} data-act="place">
            <Icon name="place" />
            {t('sim-location')}
          </button>
        </div>
      </details>
      <textarea
        name="text"
        rows={1}
        aria-label={t('sim-placeholder')}
        placeholder={t('sim-placeholder')}
        autocomplete="off"
        enterkeyhint="send"
      />
      <button
        type="button"
        class="round record"
        data-act="record"
        data-stop={t('sim-record-stop')}
        title={t('sim-record')}
        hidden
      >
        <Icon name="mic" />
        <span class="sr">{t('sim-record')}</span>
      </button>
      <button type="submit" class="round send" title={t('sim-send')}>
        <Icon name="send" />
        <span class="sr">{t('sim-send')}</span>
      </button>
    </form>
  );
}

function LookChoice({ id, value, look, label }: { id: string; value: Look; look: Look; label: string }) {
  return (
    <label>
      <input type="radio" name={`look-${id}`} value={value} checked={look === value} data-act="look" />
      <span class="sign" title={label}>
        {value === 'buttons' ? <Icon name="buttons" /> : <span aria-hidden="true">123</span>}
      </span>
      <span class="sr">{label}</span>
    </label>
  );
}

/** The person's first letter on a colour of their own. */
export function Avatar({ id, name }: { id: string; name: string }) {
  return (
    <span class={`avatar avatar-${id}`} aria-hidden="true">
      {name.slice(0, 1)}
    </span>
  );
}

/** htmx: sent in the background, in the order of writing; what comes of it arrives by the stream. */
function sendBy(id: string, what: string) {
  return {
    'hx-post': `/simulator/${id}/${what}`,
    'hx-swap': 'none',
    'hx-sync': 'this:queue all',
  };
}
