/** What residents do, the same on each channel. */
export interface Talk {
  readonly about: string;
  /** Files, places and edits are in it, which not every channel can send. */
  readonly media?: true;
  /**
   * One deed a line: words, `[an option]`, `(photo)` and words below it, `(voice)`, `(place)`, `(edit before)` and the
   * new words. Of a second person the line begins with `2: `. Each person is new.
   */
  readonly does: string;
  /** What stands in the register in the end: village, sector, status, files, words. */
  readonly stored: readonly string[];
}

const BEGINS_KY = `
  Салам
  [Кыргызча]`;

export const TALKS: readonly Talk[] = [
  {
    about: 'ky: from hello to a number',
    does: `${BEGINS_KY}
      Мантышта көчөдө жарык жок, кечинде караңгы
      [Макулмун]
      [Жөнөтүү]
      [Аял]
      [29–54]`,
    stored: ['mantysh lighting received: Мантышта көчөдө жарык жок, кечинде караңгы'],
  },
  {
    about: 'ru: from hello to a number, with what one thinks better of: village, sector, words, back',
    does: `
      Здравствуйте!
      [Русский]
      В школе протекает крыша, дети мёрзнут
      [Мантыш]
      [Читать полностью]
      [Согласен]
      [Изменить село]
      [Кара-Мойнок]
      [Изменить направление]
      назад
      [Изменить направление]
      [Другое]
      [Исправить текст]
      крыша
      В клубе протекает крыша, сцена мокрая
      [Отправить]
      [Не хочу говорить]
      [55 и старше]`,
    stored: ['kara-moinok other received: В клубе протекает крыша, сцена мокрая'],
  },
  {
    about: 'en: two needs in one message, of which the second is canceled',
    does: `
      Hello
      [English]
      1. The bridge in Ak-Talaa is broken. 2. The school needs a heater
      [I agree]
      [Separately]
      [Send]
      [Cancel]
      [Man]
      [14–28]`,
    stored: ['ak-talaa roads received: The bridge in Ak-Talaa is broken.'],
  },
  {
    about: 'ky: words that grow over two messages, and what is no answer',
    does: `${BEGINS_KY}
      Ортокто таза суу жок
      ???
      Түтүк жарылган, үч күндөн бери
      [Макулмун]
      [Айылды өзгөртүү]
      Бишкек
      ак талаа
      жөнөт
      өткөр
      өткөр`,
    stored: ['ak-talaa water received: Ортокто таза суу жок\nТүтүк жарылган, үч күндөн бери'],
  },
  {
    about: 'ky: nothing is sent after a cancel, nor without consent',
    does: `${BEGINS_KY}
      Мантышта мончо курулса, кышында кыйын
      [Жок]
      Мантышта мончо курулса, кышында кыйын
      [Кыргызча]
      [Макулмун]
      [Жокко чыгаруу]
      00`,
    stored: [],
  },
  {
    about: 'ky: one supports what another has sent',
    does: `${BEGINS_KY}
      Мантышта мектептин чатыры агып жатат, оңдоп бериңиздер
      [Макулмун]
      [Жөнөтүү]
      [Эркек]
      [14–28]
      2: салам
      2: [Кыргызча]
      2: Мантышта мектептин чатыры агып атат, балдар үшүйт
      2: [Макулмун]
      2: [Жөнөтүү]
      2: 1
      2: өткөр
      2: өткөр
      2: менин сунуштарым`,
    stored: ['mantysh school received: Мантышта мектептин чатыры агып жатат, оңдоп бериңиздер'],
  },
  {
    about: 'ru: the own proposals: read, corrected, taken back',
    does: `
      В Ортоке нет уличного освещения
      [Русский]
      [Согласен]
      [Отправить]
      [Женщина]
      [29–54]
      мои предложения
      1
      [Исправить текст]
      В Ортоке на улице нужны десять фонарей
      мои предложения
      1
      [Отозвать]
      нет
      мои предложения
      1
      [Отозвать]
      да`,
    stored: ['ortok lighting withdrawn: В Ортоке на улице нужны десять фонарей'],
  },
  {
    about: 'ky: no more notices, what is known about me, and to be forgotten',
    does: `${BEGINS_KY}
      Кара-Мойнокто балдар аянты керек, ойной турган жер жок
      [Макулмун]
      [Жөнөтүү]
      [Аял]
      [55 жана улуу]
      айыл
      [Орток]
      тил
      русский
      мои данные
      стоп
      [Да, остановить]
      мои данные
      удалить мои данные
      [Нет, оставить]
      удалить мои данные
      [Да, удалить]
      мои предложения`,
    stored: ['kara-moinok public_space received: Кара-Мойнокто балдар аянты керек, ойной турган жер жок'],
  },
  {
    about: 'ky: a photo, a voice and a place',
    media: true,
    does: `${BEGINS_KY}
      (photo) Мантышта көпүрө бузулду, өтө албай жатабыз
      (voice)
      [Макулмун]
      (place)
      [Сүрөт кошуу]
      (photo)
      [Болду]
      [Жөнөтүү]
      [Эркек]
      [29–54]`,
    stored: ['mantysh roads received (photo voice photo, at 42.2 75.75): Мантышта көпүрө бузулду, өтө албай жатабыз'],
  },
  {
    about: 'ru: a voice first, then its words',
    media: true,
    does: `
      (voice)
      [Русский]
      [Мантыш]
      [Согласен]
      Нужен мост через реку
      [Изменить направление]
      [Дороги и мосты]
      [Отправить]
      [Мужчина]
      [29–54]`,
    stored: ['mantysh roads received (voice): Нужен мост через реку'],
  },
  {
    about: 'en: messages that are edited, before sending and after',
    media: true,
    does: `
      There is no street light in Ortok
      [English]
      [I agree]
      (edit Ortok) There is no street light in Ak-Talaa
      [Send]
      [Prefer not to say]
      [Prefer not to say]
      (edit Ak-Talaa) There is no street light in Ak-Talaa at all`,
    stored: ['ak-talaa lighting received: There is no street light in Ak-Talaa at all'],
  },
];
