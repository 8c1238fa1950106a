/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from '../../core/text.ts';
import type { Translate } from '../../core/texts.ts';
import { numbered } from '../../messaging/numbered.ts';
import type { SimulatedMessage } from '../../messaging/simulated-chat.ts';
import { Icon } from './icons.tsx';

/** What bubbles are drawn with: the language of the page and the wall time of an instant. */
export interface Drawing {
  readonly t: Translate;
  readonly time: (at: Date) => string;
}

/** One message. Options are drawn in both looks; the style sheet shows that of the chat. */
export function Bubble({ message, drawing: { t, time } }: { message: SimulatedMessage; drawing: Drawing }) {
  const { id, person, from, text, options } = message;
  const own = from === 'person';
  // An own bubble changes its tick: read out again it would only disturb whoever wrote it.
  return (
    <li
      id={`m-${id}`}
      class={own ? 'bubble own' : 'bubble bot'}
      data-seq={message.seq}
      {...(own ? { 'aria-live': 'off' } : {})}
    >
      <div class="card">
        <span class="sr">{own ? t('sim-you') : t('sim-bot')}: </span>
        <Attachment message={message} t={t} />
        {options.length === 0 ? (
          <Words text={text} kind="text" />
        ) : (
          <>
            <Words text={text} kind="text in-buttons" />
            <Words
              text={numbered({ text, options, ...message.list }, message.list.hint ?? '')}
              kind="text in-numbers"
            />
          </>
        )}
        <p class="meta">
          {message.edited ? <span>{t('sim-edited')}</span> : null}
          <time datetime={message.at.toISOString()}>{time(message.at)}</time>
          {own ? <Tick state={message.state} t={t} /> : null}
        </p>
        {own && message.file === null && message.location === null ? (
          <button type="button" class="edit" data-edit={id} title={t('sim-edit')}>
            <Icon name="edit" />
            <span class="sr">{t('sim-edit')}</span>
          </button>
        ) : null}
      </div>
      {options.length === 0 ? null : (
        <div class={message.compact ? 'options compact' : 'options'}>
          {options.map((option, index) => (
            <button
              type="submit"
              id={`o-${id}-${index}`}
              form={`pick-${person}`}
              name="choice"
              value={`${id} ${option.data}`}
              {...(message.picked === option.data ? { class: 'picked', 'aria-pressed': 'true' } : {})}
            >
              {option.label}
            </button>
          ))}
        </div>
      )}
    </li>
  );
}

function Words({ text, kind }: { text: Text; kind: string }) {
  const parts = typeof text === 'string' ? [text] : text;
  if (parts.length === 0 || text === '') return null;
  return <p class={kind}>{parts.map((part) => (typeof part === 'string' ? part : <b>{part.bold}</b>))}</p>;
}

function Attachment({ message: { file, location }, t }: { message: SimulatedMessage; t: Translate }) {
  if (location !== null) {
    return (
      <p class="place">
        <Icon name="place" />
        <span>
          {t('sim-location')}
          <br />
          <small>
            {location.latitude.toFixed(4)}, {location.longitude.toFixed(4)}
          </small>
        </span>
      </p>
    );
  }
  if (file === null) return null;
  const url = `/simulator/files/${file.id}`;
  if (file.kind === 'photo')
    return <img class="photo" src={url} alt={`${t('sim-photo')}: ${file.name}`} width="260" height="180" />;
  if (file.kind === 'voice' || file.kind === 'audio') {
    // biome-ignore lint/a11y/useMediaCaption: nobody has written down what a resident just recorded
    return <audio controls preload="metadata" src={url} aria-label={`${t('sim-voice')}: ${file.name}`} />;
  }
  return (
    <a class="file" href={url} download={file.name}>
      <Icon name="file" />
      {file.name}
    </a>
  );
}

function Tick({ state, t }: { state: SimulatedMessage['state']; t: Translate }) {
  const [icon, label] = {
    sending: ['clock', t('sim-connecting')] as const,
    stored: ['check', t('sim-sent')] as const,
    answered: ['checks', t('sim-delivered')] as const,
    failed: ['failed', t('sim-not-sent')] as const,
  }[state];
  return (
    <span class={`tick ${state}`} title={label}>
      <Icon name={icon} />
      <span class="sr">{label}</span>
    </span>
  );
}
