// What htmx leaves to the page of the simulator: which chats are seen, writing, editing, recording. No network of its own.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const chatOf = (element) => element.closest('.chat');
  const fieldOf = (chat) => one('textarea', chat);
  const isSeen = (chat) => chat.offsetParent !== null;

  /* Which chats are seen: the style sheet shows as many ranks as fit. */
  function open(id, { focus = true } = {}) {
    const chat = one(`#chat-${CSS.escape(id)}`);
    if (!isSeen(chat)) {
      const old = Number(chat.dataset.rank);
      for (const other of all('.chat')) {
        const rank = Number(other.dataset.rank);
        if (rank < old) other.dataset.rank = rank + 1;
      }
      chat.dataset.rank = 1;
    }
    for (const link of all('[data-open]')) {
      if (link.dataset.open === id) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    toEnd(chat);
    markRead();
    if (focus) fieldOf(chat).focus();
  }

  function markRead() {
    for (const chat of all('.chat')) if (isSeen(chat)) unread(chat, 0);
  }

  function unread(chat, count) {
    const badge = one(`[data-open="${chat.dataset.person}"] .unread`);
    badge.textContent = count;
    badge.hidden = count === 0;
  }

  /* The box is turned round by the style sheet: 0 is its end, where it stays by itself when it grows or shrinks. */
  function toEnd(chat) {
    one('.scroll', chat).scrollTop = 0;
  }

  /* The status line at the foot of the page. */
  const status = one('.status');
  function say(text) {
    status.textContent = text;
  }

  /* Writing. */
  const keepsTyping = (form) => form.matches('.composer');

  function stopEditing(form) {
    form.elements.edits.value = '';
    one('.editing', form).hidden = true;
    grow(fieldOf(chatOf(form)));
  }

  function startEditing(bubble) {
    const form = one('.composer', chatOf(bubble));
    form.elements.edits.value = bubble.id.slice(2);
    one('.editing', form).hidden = false;
    const field = form.elements.text;
    field.value = one('.text', bubble).textContent;
    grow(field);
    field.focus();
  }

  function grow(field) {
    field.rows = Math.min(6, Math.max(1, field.value.split('\n').length));
    const form = field.form;
    const empty = field.value.trim() === '';
    form.classList.toggle('writing', !empty);
  }

  document.addEventListener('input', ({ target }) => {
    if (target.matches('.composer textarea')) grow(target);
  });

  function closeMenu(menu) {
    menu.open = false;
    one('summary', menu).focus();
  }

  const keys = {
    Enter(event, field) {
      if (event.shiftKey || event.isComposing) return;
      event.preventDefault();
      if (field.value.trim() !== '') field.form.requestSubmit();
    },
    Escape(_event, field) {
      if (field.form.elements.edits.value === '') return;
      field.value = '';
      stopEditing(field.form);
    },
    ArrowUp(event, field) {
      const last = all('.own:has([data-edit])', chatOf(field)).at(-1);
      if (field.value !== '' || !last) return;
      event.preventDefault();
      startEditing(last);
    },
  };

  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    const menu = target.closest('details[open]');
    if (key === 'Escape' && menu) closeMenu(menu);
    else if (target.matches('.composer textarea')) keys[key]?.(event, target);
  });

  const waiting = new WeakMap();
  document.addEventListener('htmx:config:request', ({ target, detail: { ctx } }) => {
    if (!target.matches('form') || !keepsTyping(target)) return;
    waiting.set(ctx, target.elements.text.value);
    target.elements.text.value = '';
    stopEditing(target);
  });

  document.addEventListener('htmx:after:request', ({ target, detail: { ctx } }) => {
    if (!target.matches('form')) return;
    const code = ctx.response.status;
    if (code < 400) say('');
    else refused(target, ctx, code === 413 ? status.dataset.tooLarge : status.dataset.notSent);
  });
  document.addEventListener('htmx:error', ({ target, detail: { ctx } }) => {
    if (target.matches?.('form')) refused(target, ctx, status.dataset.notSent);
    if (target.id === 'live') connectAgain();
  });
  document.addEventListener('htmx:response:error', ({ target }) => target.id === 'live' && connectAgain());

  /* htmx itself comes back only once the stream has stood. */
  function connectAgain() {
    say(status.dataset.offline);
    setTimeout(() => htmx.trigger('#live', 'again'), 1500);
  }

  function refused(form, ctx, text) {
    say(text);
    const field = form.elements.text;
    if (!keepsTyping(form) || field.value !== '') return;
    field.value = waiting.get(ctx) ?? '';
    grow(field);
  }

  /* What is tapped. */
  const acts = {
    photo: (chat) => one(`#photo-${chat.dataset.person}`).click(),
    voice: (chat) => one(`#voice-${chat.dataset.person}`).click(),
    place: () => {},
    record: (chat, button) => record(chat, button),
    'edit-cancel': (chat) => {
      fieldOf(chat).value = '';
      stopEditing(one('.composer', chat));
      fieldOf(chat).focus();
    },
  };

  document.addEventListener('click', (event) => {
    const { target } = event;
    const link = target.closest('[data-open]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      history.replaceState(null, '', link.href);
      open(link.dataset.open);
    }
    const edit = target.closest('[data-edit]');
    if (edit) startEditing(edit.closest('.bubble'));
    const button = target.closest('button[data-act]');
    if (button) acts[button.dataset.act](chatOf(button), button);
    for (const menu of all('details.attach[open]')) {
      if (!menu.contains(target) || button) menu.open = false;
    }
  });

  document.addEventListener('change', ({ target }) => {
    const chat = chatOf(target);
    if (target.dataset.act === 'look') {
      chat.dataset.look = target.value;
      // biome-ignore lint/suspicious/noDocumentCookie: the server draws the next page by it; cookieStore is not everywhere
      document.cookie = `look-${chat.dataset.person}=${target.value}; path=/simulator; max-age=31536000; samesite=lax`;
      toEnd(chat);
    }
    if (target.type === 'file' && target.files.length > 0) {
      const { form } = target;
      const field = fieldOf(chat);
      form.elements.caption.value = field.value.trim();
      field.value = '';
      grow(field);
      form.requestSubmit();
      form.reset();
    }
  });

  /* A voice message: the first tap begins, the second ends and sends. */
  let recorder = null;
  async function record(chat, button) {
    if (recorder) return recorder.stop();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    if (!stream) return acts.voice(chat);
    const mime = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'].find((type) =>
      MediaRecorder.isTypeSupported(type),
    );
    const parts = [];
    recorder = new MediaRecorder(stream, mime ? { mimeType: mime } : {});
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => {
      const type = recorder.mimeType.split(';')[0];
      recorder = null;
      for (const track of stream.getTracks()) track.stop();
      label(button, button.dataset.start);
      button.classList.remove('on');
      const files = new DataTransfer();
      files.items.add(new File(parts, `voice.${type.split('/')[1]}`, { type }));
      const input = one(`#voice-${chat.dataset.person}`);
      input.files = files.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    };
    recorder.start();
    button.dataset.start = button.title;
    label(button, button.dataset.stop);
    button.classList.add('on');
  }

  function label(button, text) {
    button.title = text;
    one('.sr', button).textContent = text;
  }

  /* The stream: keep the place of reading and of the keyboard while bubbles are put in. */
  let before = null;
  document.addEventListener('htmx:sse:before:message', () => {
    const chats = all('.chat').map((chat) => ({ chat, last: one('.bubble:last-child', chat)?.id }));
    before = { focused: document.activeElement?.id, chats };
  });
  document.addEventListener('htmx:sse:after:message', () => {
    if (!before) return;
    for (const chat of before.chats) follow(chat);
    if (before.focused && document.activeElement === document.body) document.getElementById(before.focused)?.focus();
    before = null;
  });

  function follow({ chat, last }) {
    const now = one('.bubble:last-child', chat);
    if (!now || now.id === last) return;
    if (isSeen(chat)) {
      if (now.matches('.own')) toEnd(chat);
    } else if (now.matches('.bot')) {
      const badge = one(`[data-open="${chat.dataset.person}"] .unread`);
      unread(chat, Number(badge.textContent || 0) + 1);
    }
  }

  document.addEventListener('htmx:sse:after:connection', () => {
    document.body.classList.add('live');
    if (status.textContent === status.dataset.offline) say('');
  });
  document.addEventListener('htmx:sse:error', () => {
    document.body.classList.remove('live');
    say(status.dataset.offline);
  });

  if (navigator.mediaDevices && window.MediaRecorder) for (const button of all('.record')) button.hidden = false;
  addEventListener('resize', markRead);
  document.body.classList.add('scripted');
})();
