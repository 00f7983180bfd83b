// The words of a text as they are compared: without case, without accents, numbers in one piece; and what endings hide.
//
// `words` does what src/search/words.rs did when the index was made: for what readers type, and for the marks over what they
// find. Endings are compared here alone, on words that have lost their accents, so that `equipements` is `équipement`.
"use strict";
globalThis.dossierSearch ??= {};

(() => {
  // Thai, Lao, Myanmar, Khmer; kana, Chinese characters: each is a word.
  const alone = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const inside = "\\p{Alphabetic}\\p{N}\\p{M}\\u00ad\\u200b-\\u200d\\u2060\\ufeff";
  // Letters to Unicode, and apostrophes to who writes them: `Марʼїнка`, `Sanaʿa`.
  const apostrophes = "\\u02b9-\\u02bf\\ua78b\\ua78c";
  const run = new RegExp(`[${alone}]|(?:(?![${alone}${apostrophes}])[${inside}])+`, "gu");
  // Marks that are accents, or vowels and signs that texts write or leave out; in other scripts a mark is as good as a letter.
  const accents = new RegExp("(?=\\p{M})[\\u0300-\\u036f\\u0483-\\u0489\\u0591-\\u05c7\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06ed\\u0711\\u0730-\\u074a"
    + "\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe00-\\ufe0f\\ufe20-\\ufe2f\\u{e0100}-\\u{e01ef}]", "gu");
  const zeros = [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810];

  /** A digit of any script as ours. */
  function digit(letter) {
    const code = letter.codePointAt(0);
    const zero = zeros.findLast((zero) => zero <= code);
    return code - zero < 10 ? String(code - zero) : letter;
  }
  const plain = { œ: "oe", æ: "ae", ß: "ss", þ: "th", ø: "o", đ: "d", ð: "d", ł: "l", ħ: "h", ı: "i", ς: "σ",
    ی: "ي", ى: "ي", ے: "ي", ک: "ك", ہ: "ه", ە: "ه", ٱ: "ا", "\u0640": "" };
  const others = new RegExp(`[${Object.keys(plain).join("")}]`, "g");
  const separators = " \u00a0\u202f\u2009\u2007,.'’";

  function fold(text) {
    const bare = text.normalize("NFKD").replace(accents, "").toLowerCase().replace(accents, "");
    return bare.replace(others, (letter) => plain[letter]).replace(/[^\p{Alphabetic}\p{N}\p{M}]/gu, "").replace(/(?![0-9])\p{Nd}/gu, digit);
  }

  /** The words of a text in order: each folded, with where it stands. */
  function words(text) {
    const runs = [...text.matchAll(run)];
    const found = [];
    for (let at = 0; at < runs.length; at++) {
      const start = runs[at].index;
      let word = fold(runs[at][0]);
      let end = start + runs[at][0].length;
      if (/^[0-9]{1,3}$/.test(runs[at][0])) {
        while (runs[at + 1]?.index === end + 1 && separators.includes(text[end]) && /^[0-9]{3}$/.test(runs[at + 1][0])) {
          at += 1;
          word += runs[at][0];
          end = runs[at].index + 3;
        }
      }
      if (word) found.push({ word, start, end });
    }
    return found;
  }

  // Endings by language, in steps. In each step the first that fits is replaced: `ending>instead`, where at least as many
  // letters stay before it as the step says. The longer come first. They need not be grammar: two forms of one word must
  // come out alike, and two words apart.
  const steps = {
    fr: [
      [2, "yaux>yau"],
      [3, "eaux>eau aux>al eux>eu oux>ou ss>ss s> x>"],
      [3, "ail>al"],
      [4, "issement>i ement> ament> emment>ent amment>ant ation> ition>i ateur> atrice> aison> iste> isme>"],
      [3, "issaient>i eraient> issait>i issant>i eront> erait> erent> aient> ante> ant> ait> ais> iere>i ions> ons> iee>i ier>i er> ez> ee> ie>i "
        + "enne>en onne>on elle>el euse>eu trice>teur"],
      [4, "ent> i>"],
      [3, "if>iv e>"],
      [3, "ll>l nn>n tt>t ss>s"],
    ],
    en: [
      [2, "men>man sses>ss yses>ys ises>is ies>y xes>x ches>ch shes>sh zes>z ss>ss us>us sis>s is>is s>"],
      [3, "ational>ate ization>ize isation>ise ation>ate ement> ment> ness> fully>ful ously>ous ingly> edly> ly> ied>y ying>y ing> ed>"],
      [3, "bb>b dd>d gg>g ll>l mm>m nn>n pp>p rr>r tt>t"],
      [3, "ize>is ise>is iz>is e>"],
      [2, "v>f"],
    ],
  };
  const rules = Object.fromEntries(Object.entries(steps).map(([language, steps]) => [language, steps.map(([stays, list]) =>
    [stays, list.split(" ").map((rule) => rule.split(">"))])]));

  // What looks like a plural and is none.
  const whole = new Set(["news", "pays"]);
  // Plurals that have no ending.
  const irregular = { en: new Map([["men", "man"], ["children", "child"], ["feet", "foot"], ["teeth", "tooth"], ["mice", "mouse"]]), fr: new Map([["yeux", "oeil"], ["cieux", "ciel"]]) };

  /** The other number of a word whose plural has no ending. */
  function counterparts(word) {
    return Object.values(irregular).flatMap((pairs) => [...pairs].flatMap(([many, one]) => (word === many ? [one] : word === one ? [many] : [])));
  }

  // Where two forms of a word part before its ending does: `cit|y`, `cit|ies`; `chev|al`, `chev|aux`.
  const soft = { fr: /(?:al|eur|iv|if)$/, en: /(?:an|y|f|iv|is?)$/ };

  /** What all forms of a word in a language begin with. */
  function root(word, language) {
    const whole = stem(word, language);
    let shared = 0;
    while (shared < whole.length && whole[shared] === word[shared]) shared += 1;
    const cut = whole.length - (whole.match(soft[language.split("-")[0]])?.[0].length ?? 0);
    return word.slice(0, Math.min(shared, cut));
  }

  /** A word without its ending in a language; as it is in a language whose endings are not known. */
  function stem(word, language) {
    const own = irregular[language.split("-")[0]]?.get(word);
    if (own) return own;
    if (word.length < 4 || /[0-9]/.test(word) || whole.has(word)) return word;
    for (const [stays, endings] of rules[language.split("-")[0]] ?? []) {
      const fits = endings.find(([ending]) => word.endsWith(ending) && word.length - ending.length >= stays);
      if (fits) word = word.slice(0, word.length - fits[0].length) + fits[1];
    }
    return word;
  }

  // What need not be there: nobody means these words alone.
  const small = new Set(("a ai as au aux avec c ce ces cet cette ceux d dans de des du elle elles en est et eux il ils je l la le les leur leurs lui m ma mais me "
    + "mes moi n ne nos notre nous on ont ou où par pas pour qu que qui s sa se ses son sont sur t ta te tes ton tu un une vos votre vous y "
    + "an and are at be been but by for from had has have he her his i in is it its of or our she so than that the their them there these they this to was we "
    + "were which who will with you your").split(" ").map(fold));

  Object.assign(dossierSearch, { fold, words, stem, root, counterparts, isSmall: (word) => small.has(word) });
})();
