/** Letters that count as another one when spellings are compared. Kyrgyz, Kazakh, Uzbek and old Kyrgyz fonts. */
const CYRILLIC: Readonly<Record<string, string>> = {
  ө: 'о',
  ѳ: 'о',
  є: 'о',
  ү: 'у',
  ї: 'у',
  ұ: 'у',
  ң: 'н',
  ӊ: 'н',
  ў: 'н',
  ё: 'е',
  э: 'е',
  й: 'и',
  і: 'и',
  ы: 'и',
  қ: 'к',
  ғ: 'г',
  ә: 'а',
  һ: 'х',
  ҳ: 'х',
  ҷ: 'ч',
  щ: 'ш',
  ц: 'с',
  я: 'иа',
  ю: 'иу',
  ъ: '',
  ь: '',
};

/** Latin letters that look like Cyrillic ones, and stand in their place inside a Cyrillic word. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
  k: 'к',
  i: 'и',
  m: 'м',
  t: 'т',
  b: 'в',
  h: 'н',
  ö: 'о',
  ü: 'у',
  ñ: 'н',
};

const LATIN: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'б',
  c: 'с',
  d: 'д',
  e: 'е',
  f: 'ф',
  g: 'г',
  h: 'х',
  i: 'и',
  j: 'ж',
  k: 'к',
  l: 'л',
  m: 'м',
  n: 'н',
  o: 'о',
  p: 'п',
  q: 'к',
  r: 'р',
  s: 'с',
  t: 'т',
  u: 'у',
  v: 'в',
  w: 'в',
  x: 'х',
  y: 'и',
  z: 'з',
  ş: 'ш',
  ç: 'ч',
  ğ: 'г',
  ı: 'и',
  ŋ: 'н',
  // The old chat spelling: «4on», «6aar».
  '4': 'ч',
  '6': 'ш',
};

const LATIN_PAIRS: readonly (readonly [RegExp, string])[] = [
  [/^ye/g, 'e'],
  [/dzh|zh/g, 'j'],
  [/kh/g, 'h'],
];
const LATIN_PAIR_LETTERS: readonly (readonly [RegExp, string])[] = [
  [/shch|sch|sh/g, 'ш'],
  [/ch/g, 'ч'],
];

const APOSTROPHES = /['’‘ʼ`´]/g;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const NOT_CYRILLIC = /[^а-я0-9]/;

/** Words come again and again (labels, spellings, greetings); so many are kept folded. */
const KEPT_WORDS = 5_000;
const keptWords = new Map<string, string>();

function foldWord(word: string): string {
  const known = keptWords.get(word);
  if (known !== undefined) return known;
  const folded = foldAnew(word);
  if (keptWords.size >= KEPT_WORDS) keptWords.clear();
  keptWords.set(word, folded);
  return folded;
}

function foldAnew(word: string): string {
  let folded = '';
  const cyrillic = word.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = word.match(/\p{Script=Latin}/gu)?.length ?? 0;
  // Both in one word: look-alikes of the other script slipped in, so the more frequent one is meant.
  if (cyrillic > 0 && cyrillic >= latin) {
    for (const letter of word) folded += CYRILLIC[letter] ?? LOOK_ALIKES[letter] ?? letter;
  } else if (latin > 0) {
    let spelled = word;
    for (const [pair, letter] of LATIN_PAIRS) spelled = spelled.replace(pair, letter);
    for (const [pair, letter] of LATIN_PAIR_LETTERS) spelled = spelled.replace(pair, letter);
    // «3G» and «18km» keep their digits: only letters on both sides, or a digit 4 or 6 before a vowel, spell a sound.
    spelled = spelled.replace(
      /(?<![0-9])[46](?=[aeiouy])|(?<=\p{L})[46](?=\p{L}|$)/gu,
      (digit) => LATIN[digit] ?? digit,
    );
    for (const letter of spelled) folded += LATIN[letter] ?? CYRILLIC[letter] ?? plainLetter(letter);
  } else {
    return word;
  }
  // «ң» is also spelled «нг», «ng»; «ц» also «ts».
  folded = folded
    .replaceAll('нг', 'н')
    .replaceAll('дж', 'ж')
    .replace(/тс(?=[аеиоу])/g, 'с');
  return folded.replace(/(\D)\1+/g, '$1');
}

function plainLetter(letter: string): string {
  if (!NOT_CYRILLIC.test(letter)) return letter;
  const base = letter.normalize('NFD').charAt(0);
  return LATIN[base] ?? letter;
}

/**
 * The words of a text folded for comparing, never for storing: Kyrgyz letters with and without their marks, Latin
 * spelling, look-alike letters and doubled letters come out as one spelling. Punctuation and emoji are dropped.
 */
export function foldWords(text: string): string[] {
  const words = text.normalize('NFKC').toLowerCase().replace(APOSTROPHES, '').match(WORD) ?? [];
  return words.map(foldWord).filter((word) => word !== '');
}

/** A whole text as one key: folded words without anything between them. Empty when there is no letter or digit. */
export function foldKey(text: string): string {
  return foldWords(text)
    .join('')
    .replace(/(\D)\1+/g, '$1');
}

/**
 * Whether two texts are the same but for small slips of the finger: none in up to 3 letters, one in up to 7, two in
 * more. Compared by `foldKey`; an empty text is close to nothing.
 */
export function closeTo(a: string, b: string): boolean {
  const left = foldKey(a);
  const right = foldKey(b);
  if (left === '' || right === '') return false;
  const length = Math.min(left.length, right.length);
  const slips = length <= 3 ? 0 : length <= 7 ? 1 : 2;
  return withinDistance(left, right, slips);
}

/** Whether `slips` edits (insert, drop, change, swap of neighbours) or fewer lead from one text to the other. */
export function withinDistance(a: string, b: string, slips: number): boolean {
  if (a === b) return true;
  if (slips === 0 || Math.abs(a.length - b.length) > slips) return false;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforePrevious[j - 2] ?? 0) + 1);
      }
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > slips) return false;
    beforePrevious = previous;
    previous = current;
  }
  return (previous[b.length] ?? 0) <= slips;
}

/** The first characters of the rows of circled numbers that Unicode does not fold to digits. */
const CIRCLED = [0x2776, 0x2780, 0x278a];

/** A number typed alone as the choice from a list: `3`, `3.`, `3)`, `№3`, `3️⃣`, `③`, `🔟`. At most three digits. */
export function emojiDigits(text: string): number | null {
  let digits = '';
  for (const character of text.trim()) {
    const code = character.codePointAt(0) ?? 0;
    const row = CIRCLED.find((first) => code >= first && code < first + 10);
    digits += row === undefined ? character : String(code - row + 1);
  }
  const bare = digits
    .replaceAll('🔟', '10')
    .normalize('NFKC')
    .replace(/[\uFE0F\u20E3]/g, '')
    .trim();
  const match = /^(?:№|#|No\s?|\()?\s?(\d{1,3})\s?[.):]?$/.exec(bare);
  return match?.[1] === undefined ? null : Number(match[1]);
}
