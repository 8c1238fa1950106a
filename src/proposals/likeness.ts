import { spellWords } from './fold.ts';

/**
 * Words that ask, complain or fill in: they stand in every other proposal and tell nothing of what is needed. Those of
 * four letters and more are stems, shorter ones would take too much with them.
 */
const EMPTY_WORDS = spellWords(`
  керек зарыл муктаж берип бериңиз берсе бергиле бербей кылып кылса кылган кылыңыз оңдоп оңдолсо оңдоо оңдой ондоп ондош
  жаса ремонт куруп курулса курул курса курсаңыз салса салына салып салуу орнот койдур койгула койсо коюп коюңуз төшө тарт
  алып алса ачып ачыл ачса жатат жатабыз жаткан атат болсо болот болуп болду калды калган калат калып
  кетти кеткен кетип турат турган бузул бузук кыйра эски эскир начар жаман абал көйгөй маселе
  сурайбыз суранам сураныч өтүнө өтүнүч жардам көмөк айыл айылга айылда айылды айылы биз бизге бизде бизди биздин сиз сизден мен менин бул ушул ошол
  абдан аябай өтө көп дайыма бүгүн азыр эми быйыл жакшы үчүн менен жана дагы деп деген экен эле бар жок эч да го ал оң
  же не бир аз соң тез саламатсыз салам ассалам ассалому алейкум урматтуу рахмат
  нужн надо необход просим прошу пожалуйста сделай сделат постро поставь поставит установ отремонт почин провед провест
  дайте откро помог плох старый старая старое старые старого сломан разбит разруш проблем вопрос наш наша наше наши нашу
  нашей нашем нашего ваш очень опять всегда уже ещё когда село селе села сельск есть нет нету здравствуй добрый спасибо уважаем
  и в во на из за для у к ко по от до с со о об что как бы мы вы он она они это все весь где год раз там тут
  need want please repair build fix fixed make give help bad broken problem our village very there
  the a an in on at of to for is are was be and or no not do does we us it its with by from has have`);
const STEMS = EMPTY_WORDS.filter((word) => word.length >= 4);
const WHOLE = new Set(EMPTY_WORDS);

/** Endings that a stem of two letters may carry: «суу», «сууну», «сууга». */
const ENDING = /^(?:n|nu|nun|ni|nin|ga|ka|da|ta|dan|tan|su|sun|lar.*|bu.*)?$/;

/** The words of a folded text that tell what is needed, each once. `ignored` as in `likeness`. */
export function tellingWords(folded: string, ignored: readonly string[]): string[] {
  const words = folded.split(' ').filter((word) => /\D/.test(word) && word.length > 1 && !WHOLE.has(word));
  const telling = words.filter((word) => ![...STEMS, ...ignored].some((stem) => word.startsWith(stem)));
  return [...new Set(telling)];
}

/** Whether two folded words are forms of one: the shared beginning is most of the shorter one. */
function isSameWord(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  let shared = 0;
  while (shared < short.length && short[shared] === long[shared]) shared++;
  if (short.length <= 2) return shared === short.length && ENDING.test(long.slice(shared));
  if (short.length === 3) return shared === 3 && long.length <= 8;
  return shared >= Math.max(3, Math.ceil(short.length * 0.6));
}

/** What every word begins with that is a form of this folded one: two letters or three, too few to know it by. */
export function beginningOf(word: string): string {
  return word.slice(0, ENDING.test(word.slice(2)) ? 2 : 3);
}

/**
 * Number words: the whole word, or its beginning where an ordinal goes on with endings. Longer ones first: «восьмидесятый»
 * begins as «восьмой» does.
 */
const NUMBER_WORDS = [
  numberWord('11', 'eleven', 'одиннадцат'),
  numberWord('12', 'twelve', 'двенадцат'),
  numberWord('13', 'thirteen', 'тринадцат'),
  numberWord('14', 'fourteen', 'четырнадцат'),
  numberWord('15', 'fifteen', 'пятнадцат'),
  numberWord('16', 'sixteen', 'шестнадцат'),
  numberWord('17', 'seventeen', 'семнадцат'),
  numberWord('18', 'eighteen', 'восемнадцат'),
  numberWord('19', 'nineteen', 'девятнадцат'),
  numberWord('20', 'twenty', 'жыйырма двадцат'),
  numberWord('30', 'thirty', 'отуз тридцат'),
  numberWord('40', 'кырк сорок сорока forty', 'кыркынчы сороков'),
  numberWord('50', 'элүү fifty', 'элүүнчү пятьдес пятидес'),
  numberWord('60', 'sixty', 'алтымыш шестьдес шестидес'),
  numberWord('70', 'seventy', 'жетимиш семьдес семидес'),
  numberWord('80', 'eighty', 'сексен восемьдес восьмидес'),
  numberWord('90', 'ninety', 'токсон девяност'),
  numberWord('100', 'жүз сто ста hundred', 'жүзүнчү'),
  numberWord('200', 'двести', ''),
  numberWord('300', 'триста', ''),
  numberWord('400', 'четыреста', ''),
  numberWord('500', 'пятьсот', ''),
  numberWord('1000', 'миң thousand', 'миңинчи тысяч'),
  numberWord('1', '', 'биринчи перв first'),
  numberWord('2', 'эки два две two', 'экинчи второ втора second'),
  numberWord('3', 'үч три three', 'үчүнчү трети трете трет third'),
  numberWord('4', 'төрт четыре four', 'төртүнчү четверт fourth'),
  numberWord('5', 'беш пять пятый пятая пятом пятой пятого пятую five', 'бешинчи fifth'),
  numberWord('6', 'алты шесть six', 'алтынчы шесто шеста sixth'),
  numberWord('7', 'жети семь seven', 'жетинчи седьм seventh'),
  numberWord('8', 'сегиз восемь eight', 'сегизинчи восьм eighth'),
  numberWord('9', 'тогуз девять nine', 'тогузунчу девято девята ninth'),
  numberWord('10', 'он десять ten', 'онунчу десято десята tenth'),
];

function numberWord(number: string, whole: string, beginnings: string) {
  return { number, whole: new Set(spellWords(whole)), beginnings: spellWords(beginnings) };
}

interface Numbers {
  readonly all: string;
  /** Written in figures; words alone («эки жылдан бери») rather tell how long or how many. */
  readonly inFigures: boolean;
}

/** What may stand apart behind the number of a house or a class; not «и», nor the prepositions of one letter. */
const APART = /^[abgd]$/;

/** The numbers of a folded text, in figures or as words: «5», «12а», «12 а», «бешинчи». */
function numbersIn(words: readonly string[]): Numbers {
  const figures = words.flatMap((word, at) => {
    const apart = /^\d{1,3}$/.test(word) && APART.test(words[at + 1] ?? '') ? (words[at + 1] ?? '') : '';
    return [...word.matchAll(/0*(\d+)([a-z](?![a-z]))?/g)].map(
      ([, digits = '', letter = '']) => digits + (letter || apart),
    );
  });
  const named = words.flatMap((word) => {
    const found = NUMBER_WORDS.find(
      ({ whole, beginnings }) => whole.has(word) || beginnings.some((beginning) => word.startsWith(beginning)),
    );
    return found === undefined ? [] : [found.number];
  });
  return { all: [...new Set([...figures, ...named])].sort().join(' '), inFigures: figures.length > 0 };
}

/** Whether two folded texts differ in a number, as house 5 and house 7 do: they are never the same need then. */
export function differInNumber(one: string, other: string): boolean {
  const [a, b] = [numbersIn(one.split(' ')), numbersIn(other.split(' '))];
  if (a.all === b.all) return false;
  return a.inFigures || b.inFigures || (a.all !== '' && b.all !== '');
}

/** A regular expression that every text matches which does not differ in a number from this folded one. */
export function numbersPattern(folded: string): string {
  const { all, inFigures } = numbersIn(folded.split(' '));
  if (!inFigures) return all === '' ? '^[^0-9]*$' : '';
  // all of them have to be the same, so that it is enough to ask for one
  const number = /\d+/.exec(all)?.[0] ?? '';
  const named = NUMBER_WORDS.find((words) => words.number === number);
  const alone = named === undefined ? [] : [...named.whole].map((word) => `(^| )${word}( |$)`);
  const beginning = named === undefined ? [] : named.beginnings.map((word) => `(^| )${word}`);
  return [`(^|[^0-9])0*${number}([^0-9]|$)`, ...alone, ...beginning].join('|');
}

/**
 * How much of what two folded texts tell is the same, 0 to 1: the share of the words that both have, whatever their
 * endings, among those that are not mere asking; more where one says all that the other says. `ignored` are folded stems that say nothing here, such as the
 * village's name. 0 where a text tells nothing.
 */
export function likeness(one: string, other: string, ignored: readonly string[] = []): number {
  const [a, b] = [tellingWords(one, ignored), tellingWords(other, ignored)];
  if (a.length === 0 || b.length === 0) return 0;
  const left = [...b];
  const shared = a.filter((word) => {
    const at = left.findIndex((candidate) => isSameWord(word, candidate));
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  }).length;
  const share = (2 * shared) / (a.length + b.length);
  // «Көчөдө жарык жок» is all said by who adds that the children are afraid
  const contained = shared >= 2 && shared === Math.min(a.length, b.length);
  return contained ? (1 + share) / 2 : share;
}
