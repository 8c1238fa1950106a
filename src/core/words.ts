import { foldKey, foldWords, withinDistance } from './folding.ts';

/** What a whole message may ask for, beside answering. */
export type Act = 'yes' | 'no' | 'back' | 'cancel' | 'skip' | 'done' | 'more' | 'menu' | 'help' | 'stop';

/** What a message may begin, outside of a dialog. */
export type Command =
  | 'propose'
  | 'my'
  | 'hearings'
  | 'language'
  | 'village'
  | 'stop'
  | 'mydata'
  | 'join'
  | 'forget'
  | 'help'
  | 'start'
  | OfficeCommand;

/** Commands of the okmotu and the working group. Their words are ordinary ones, so they count for staff alone. */
export const OFFICE_COMMANDS = [
  'staff',
  'inbox',
  'register',
  'meeting',
  'plan',
  'export',
  'stats',
  'link',
  'announce',
] as const;
export type OfficeCommand = (typeof OFFICE_COMMANDS)[number];

export function isOfficeCommand(command: Command): command is OfficeCommand {
  return OFFICE_COMMANDS.some((one) => one === command);
}

const ACTS: Readonly<Record<Act, readonly string[]>> = {
  yes: [
    ...['ооба', 'ооп', 'ов', 'ова', 'макул', 'макулмун', 'болот', 'болуптур', 'мейли', 'туура', 'ошондой', 'ийи', 'аа'],
    ...['жөнөт', 'жөнөтүү', 'жибер', 'жибериңиз'],
    ...['да', 'ага', 'угу', 'конечно', 'согласен', 'согласна', 'хорошо', 'ладно', 'давай', 'верно'],
    ...['отправить', 'отправляй', '+', 'ok', 'ок', 'окей', '👍', '✅', 'ooba', 'da', 'yes'],
  ],
  no: [
    ...['жок', 'жоок', 'болбойт', 'керек эмес', 'каалабайм', 'макул эмесмин'],
    ...['нет', 'неа', 'не', 'не надо', 'не хочу', 'не согласен', 'не согласна'],
    ...['-', '👎', '❌', 'jok', 'net', 'no'],
  ],
  back: [
    ...['артка', 'артка кайт', 'кайтуу', 'мурунку', 'назад', 'вернуться', 'обратно'],
    ...['0', '⬅️', 'artka', 'nazad', 'back', '/back'],
  ],
  cancel: [
    ...['жокко чыгар', 'жокко чыгаруу', 'токтот', 'токтотуу', 'койчу', 'коё бер', 'керек эмес болуп калды', 'чыгуу'],
    ...['отмена', 'отменить', 'стоп', 'хватит', 'не буду', 'выход', 'cancel', 'otmena', 'x', '/cancel'],
  ],
  skip: [
    ...['өткөр', 'өткөрүп жибер', 'өткөрүп жиберүү', 'кийин', 'жок сүрөт', 'сүрөт жок'],
    ...['пропустить', 'пропусти', 'дальше', 'потом', 'нету', 'skip', '-', '➡️', '/skip'],
  ],
  done: [...['болду', 'бүттү', 'ушул эле', 'баары ушул', 'всё', 'готово', 'конец', 'больше нет', 'done', '/done']],
  more: [
    ...[
      'дагы',
      'дагы бар',
      'дагы көрсөт',
      'калганы',
      'калгандары',
      'кийинки',
      'ещё',
      'далее',
      'следующие',
      'остальные',
    ],
    ...['показать ещё', 'more', 'next', 'show more', 'dagy', 'esche', '+', '>', '»'],
  ],
  menu: [...['00', 'меню', 'башкы меню', 'башы', 'главное меню', 'в меню', 'menu', 'main menu', '/menu']],
  help: [
    ...['жардам', 'эмне кыла алат', 'помощь', 'помоги', 'что ты умеешь'],
    ...['эмне кыла аласың', 'эмне кыла аласыз', 'сен кимсиң', 'сиз кимсиз', 'бул эмне', 'бул ким', 'кантип жазам'],
    ...['что вы умеете', 'кто ты', 'кто вы', 'кто это', 'что это', 'что это такое', 'как пользоваться', 'как написать'],
    ...['what is this', 'who are you', 'who is this', 'what can you do', 'how does it work'],
    ...['help', '/start', '/help', '?'],
  ],
  stop: [
    ...['токтот', 'жазба', 'жазбаңыз', 'жибербе', 'билдирүү керек эмес', 'мени чыгар', 'стоп'],
    ...['отписаться', 'отпишите', 'не пишите', 'не присылайте', 'хватит писать', 'хватит', 'stop', '/stop'],
  ],
};

const COMMANDS: Readonly<Record<Command, readonly string[]>> = {
  propose: [
    ...['сунуш', 'сунуш жазуу', 'жаңы сунуш', 'сунушум бар', 'менде сунуш бар', 'менин сунушум бар', 'сунуш жазайын'],
    ...['предложение', 'новое предложение', 'у меня предложение', 'у меня есть предложение', 'есть предложение'],
    ...['хочу написать предложение', 'proposal', 'propose', 'new proposal', 'i have a proposal'],
  ],
  my: [
    ...['менин сунуштарым', 'менин сунушум', 'сунуштарым', 'мои предложения', 'моё предложение', 'my'],
    ...['my proposals', 'my proposal'],
  ],
  hearings: ['угуу', 'угуулар', 'слушания', 'слушание', 'hearings', 'hearing'],
  language: ['тил', 'тилди алмаштыруу', 'тилди өзгөртүү', 'язык', 'сменить язык', 'language', 'change language'],
  village: [
    ...['айыл', 'айылым', 'айылды алмаштыруу', 'айылды өзгөртүү', 'село', 'моё село', 'сменить село'],
    ...['village', 'my village', 'change village'],
  ],
  stop: [...ACTS.stop, 'билдирүүлөрдү токтотуу', 'остановить уведомления', 'stop notices'],
  mydata: ['менин маалыматым', 'маалыматым', 'мои данные', 'my data', 'mydata'],
  join: [
    ...['кошуу', 'чатты кошуу', 'чат кошуу', 'башка чатты кошуу', 'бириктирүү', 'чаттарды бириктирүү'],
    ...[
      'соединить',
      'соединить чаты',
      'объединить',
      'объединить чаты',
      'добавить чат',
      'join',
      'join chats',
      'add a chat',
    ],
  ],
  forget: ['маалыматымды өчүр', 'маалыматымды өчүрүү', 'удалить данные', 'удалить мои данные', 'forget', 'forget me'],
  help: [...ACTS.menu, ...ACTS.help],
  start: ['start'],
  staff: ['кызматкерлер', 'кызматкер', 'сотрудники', 'сотрудник', 'staff'],
  inbox: ['жаңы сунуштар', 'келген сунуштар', 'новые предложения', 'входящие', 'inbox', 'new proposals'],
  register: ['кагаз сунуш', 'кагаз', 'бумажное предложение', 'бумага', 'register', 'paper proposal'],
  meeting: ['жыйын', 'жыйналыш', 'чогулуш', 'собрание', 'сход', 'meeting'],
  plan: ['план', 'бап', 'псд', 'plan', 'jap'],
  export: ['таблица', 'таблица кылып алуу', 'экспорт', 'выгрузка', 'export'],
  stats: ['статистика', 'отчёт', 'statistics', 'stats'],
  link: ['группалар', 'группа', 'каналдар', 'группы', 'каналы', 'groups', 'channels', 'link'],
  announce: [
    ...['кулактандыруу', 'кулактандыруулар', 'объявление', 'объявления', 'рассылка'],
    ...['announce', 'announcement', 'announcements'],
  ],
};

const THANKS = [
  ...['рахмат', 'чоң рахмат', 'ырахмат', 'чоң ырахмат', 'ыракмат', 'чоң ыракмат', 'рахмат сизге', 'ыракмат сизге'],
  ...['ырахмат сизге', 'сизге рахмат', 'сизге ыракмат', 'сизге чоң рахмат', 'алкыш', 'ыраазымын', 'rahmat', '🙏'],
  ...['спасибо', 'спасибо большое', 'большое спасибо', 'спасибо вам', 'спс', 'благодарю', 'благодарен', 'spasibo'],
  ...['thanks', 'thank you', 'thank you very much', 'many thanks', 'thx'],
];

const SMALL_TALK = [
  ...THANKS,
  ...['салам', 'саламдар', 'саламатсызбы', 'саламатсыздарбы', 'саламатчылык', 'ассалому алейкум', 'ас-саламу алейкум'],
  ...['ассаламу алейкум', 'ассалому алайкум', 'ассаламу алайкум', 'салам алейкум', 'ассалам алейкум', 'ассалам'],
  ...['ваалейкум', 'ваалейкум ассалам', 'ваалейкум салам', 'алейкум', 'алейкум салам', 'арыбаңыз', 'арыбагыла'],
  ...['кандайсыз', 'кандайсыздар', 'кандай', 'кандайсың', 'кутман таң', 'кутмандуу күн', 'кутман күн', 'кутман кеч'],
  ...['кеч жакшы', 'бараксызбы', 'баракелде', 'азамат', 'азаматсыз', 'кош', 'кош болуңуз'],
  ...['көрүшкөнчө', 'жакшы калыңыз', 'айт маарек', 'айт маарек болсун', 'куттуу болсун', 'жума мубарек', 'кечиресиз'],
  ...['кечирип коюңуз', 'байке', 'эже', 'аке'],
  ...['здравствуйте', 'здравствуй', 'здраствуйте', 'здрасте', 'здрасьте', 'привет', 'приветствую', 'добрый день'],
  ...['доброе утро', 'добрый вечер', 'доброго дня', 'доброго утра', 'доброго вечера', 'доброго времени'],
  ...[
    'доброго времени суток',
    'пожалуйста',
    'до свидания',
    'пока',
    'с праздником',
    'извините',
    'ау',
    'тест',
    'проверка',
    'как дела',
    'алло',
  ],
  ...['hello', 'hi', 'hey', 'good morning', 'good afternoon', 'bye'],
  ...['good evening', 'good day', 'test', 'salam', 'salamatsyzby', 'privet', '👋', '🤝'],
];

const LONGEST = 60;
const HAS_WORDS = /[\p{L}\p{N}]/u;

/**
 * A whole message as one key for comparing: folded, or, where folding leaves nothing («+», «👍», «?»), the signs as
 * they stand.
 */
export function wordKey(text: string): string {
  if (!HAS_WORDS.test(text)) return signKey(text);
  return (text.trim().startsWith('/') ? '/' : '') + foldKey(text);
}

/** «👍🏽», «👍👍» and «👍» are one sign: marks of skin and of emoji style, and repetition, say nothing. */
function signKey(text: string): string {
  return text.replace(/\s|\uFE0F|\p{Emoji_Modifier}/gu, '').replace(/^(.)\1*$/u, '$1');
}

function lookup<T extends string>(table: Readonly<Record<T, readonly string[]>>): ReadonlyMap<string, ReadonlySet<T>> {
  const found = new Map<string, Set<T>>();
  for (const act of Object.keys(table) as T[]) {
    for (const word of table[act]) {
      const key = wordKey(word);
      found.set(key, (found.get(key) ?? new Set<T>()).add(act));
    }
  }
  return found;
}

const NOTHING: ReadonlySet<Act> = new Set();
const ACT_OF = lookup(ACTS);
const COMMAND_OF = lookup(COMMANDS);
const TALK = phrasesOf(SMALL_TALK);
const THANKING = phrasesOf(THANKS);

/** The words that mean `act`, as a person types them. */
export function wordsOf(act: Act): readonly string[] {
  return ACTS[act];
}

/** What a whole message means as a control word: a word may mean several acts («стоп», «-»), most mean none. */
export function controlWords(text: string): ReadonlySet<Act> {
  return text.length > LONGEST ? NOTHING : (ACT_OF.get(wordKey(text)) ?? NOTHING);
}

/** What a whole message wants to begin: a slash command (an argument or `@bot` after it is ignored) or its word. */
export function commandWord(text: string): Command | null {
  const slash = /^\s*\/([a-z]+)(?:@\w+)?(?:\s|$)/i.exec(text)?.[1]?.toLowerCase();
  if (slash !== undefined) return Object.hasOwn(COMMANDS, slash) ? (slash as Command) : null;
  if (text.length > LONGEST) return null;
  const [command] = COMMAND_OF.get(wordKey(text)) ?? [];
  return command ?? null;
}

/** True when a message is nothing but greetings and thanks, up to four in a row. A need after them makes it false. */
export function isSmallTalk(text: string): boolean {
  return talkIn(text) !== null;
}

/** True when a message is small talk and thanks in it. */
export function isThanks(text: string): boolean {
  return talkIn(text)?.some((phrase) => THANKING.some((thanks) => thanks.join(' ') === phrase)) ?? false;
}

function phrasesOf(phrases: readonly string[]): readonly (readonly string[])[] {
  return phrases.map((phrase) => wordsIn(phrase)).filter((words) => words.length > 0);
}

/** Folded words; of a message without any, its signs one by one. */
function wordsIn(text: string): string[] {
  return HAS_WORDS.test(text) ? foldWords(text) : [...signKey(text)];
}

/** Flows ask of one message again and again, with every turn; so many are kept. */
const KEPT_MESSAGES = 200;
const keptTalk = new Map<string, readonly string[] | null>();

/** The phrases of small talk that a message is made of; null when anything else is in it. */
function talkIn(text: string): readonly string[] | null {
  if (text.length > LONGEST * 2) return null;
  const known = keptTalk.get(text);
  if (known !== undefined) return known;
  const words = wordsIn(text);
  const phrases = words.length === 0 ? null : phrasesFrom(words, 4);
  if (keptTalk.size >= KEPT_MESSAGES) keptTalk.clear();
  keptTalk.set(text, phrases);
  return phrases;
}

function phrasesFrom(words: readonly string[], phrasesLeft: number): string[] | null {
  if (words.length === 0) return [];
  if (phrasesLeft === 0) return null;
  for (const phrase of TALK) {
    if (!startsWith(words, phrase)) continue;
    const rest = phrasesFrom(words.slice(phrase.length), phrasesLeft - 1);
    if (rest !== null) return [phrase.join(' '), ...rest];
  }
  return null;
}

function startsWith(words: readonly string[], phrase: readonly string[]): boolean {
  return phrase.every((word, index) => {
    const typed = words[index] ?? '';
    // Long greetings are often misspelled; in short words a slip makes another word.
    return typed === word || (word.length >= 8 && withinDistance(typed, word, 2));
  });
}
