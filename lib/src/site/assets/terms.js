// SPDX-License-Identifier: Apache-2.0
// Terms of a text, as the search room of umsops makes them: overlapping pairs of Chinese characters, English words by
// their stem (Porter 2, snowballstem.org), parts and compounds of words such as ORA-12154. A test holds both together.
'use strict';

const umsopsTerms = (() => {
  const longest = 64, mostParts = 8, mostJoiners = 3;
  const runs = new RegExp('^[\\u1100-\\u11ff\\u3005\\u3007\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-' +
    '\\u312f\\u3131-\\u318f\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\u{20000}-\\u{3ffff}]', 'u');

  // ---- stems

  const exceptions = new Map(Object.entries({skis: 'ski', skies: 'sky', dying: 'die', lying: 'lie', tying: 'tie',
    idly: 'idl', gently: 'gentl', ugly: 'ugli', early: 'earli', only: 'onli', singly: 'singl', sky: 'sky', news: 'news',
    howe: 'howe', atlas: 'atlas', cosmos: 'cosmos', bias: 'bias', andes: 'andes'}));
  const keptAfterPlural = ['inning', 'outing', 'canning', 'herring', 'earring', 'proceed', 'exceed', 'succeed'];
  const step2 = [['ization', 'ize'], ['ational', 'ate'], ['fulness', 'ful'], ['ousness', 'ous'], ['iveness', 'ive'],
    ['tional', 'tion'], ['biliti', 'ble'], ['lessli', 'less'], ['entli', 'ent'], ['ation', 'ate'], ['alism', 'al'],
    ['aliti', 'al'], ['ousli', 'ous'], ['iviti', 'ive'], ['fulli', 'ful'], ['enci', 'ence'], ['anci', 'ance'],
    ['abli', 'able'], ['izer', 'ize'], ['ator', 'ate'], ['alli', 'al'], ['bli', 'ble'], ['ogi', 'og'], ['li', '']];
  const step3 = [['ational', 'ate'], ['tional', 'tion'], ['alize', 'al'], ['icate', 'ic'], ['iciti', 'ic'],
    ['ative', ''], ['ical', 'ic'], ['ness', ''], ['ful', '']];
  const step4 = ['ement', 'ance', 'ence', 'able', 'ible', 'ment', 'ant', 'ent', 'ism', 'ate', 'iti', 'ous', 'ive',
    'ize', 'ion', 'al', 'er', 'ic'];

  const isVowel = (c) => c !== '' && 'aeiouy'.includes(c);
  const hasVowel = (text) => /[aeiouy]/.test(text);
  const cut = (word, ending, by) => word.slice(0, word.length - ending.length) + by;

  // Behind the first consonant that follows a vowel.
  function regionAfter(word, from) {
    for (let i = from + 1; i < word.length; ++i) {
      if (!isVowel(word[i]) && isVowel(word[i - 1])) return i + 1;
    }
    return word.length;
  }

  function endsInShortSyllable(word) {
    const end = word.length;
    if (end === 2) return isVowel(word[0]) && !isVowel(word[1]);
    return end > 2 && !isVowel(word[end - 1]) && !'wxY'.includes(word[end - 1]) && isVowel(word[end - 2]) &&
      !isVowel(word[end - 3]);
  }

  function withoutPlural(word) {
    if (word.endsWith('sses')) return cut(word, 'es', '');
    if (word.endsWith('ied') || word.endsWith('ies')) return cut(word, 'ies', word.length > 4 ? 'i' : 'ie');
    if (word.endsWith('us') || word.endsWith('ss') || !word.endsWith('s')) return word;
    return word.length > 2 && hasVowel(word.slice(0, -2)) ? word.slice(0, -1) : word;
  }

  function withoutPast(word, r1) {
    for (const ending of ['eedly', 'eed']) {
      if (word.endsWith(ending)) return word.length - ending.length >= r1 ? cut(word, ending, 'ee') : word;
    }
    const ending = ['ingly', 'edly', 'ing', 'ed'].find((each) => word.endsWith(each));
    if (ending === undefined || !hasVowel(cut(word, ending, ''))) return word;
    word = cut(word, ending, '');
    if (/(at|bl|iz)$/.test(word)) return word + 'e';
    if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(word)) return word.slice(0, -1);
    return r1 >= word.length && endsInShortSyllable(word) ? word + 'e' : word;
  }

  function withEndings(word, r1, r2) {
    if (word.length > 2 && /[yY]$/.test(word) && !isVowel(word[word.length - 2])) word = word.slice(0, -1) + 'i';
    const second = step2.find(([from]) => word.endsWith(from));
    if (second !== undefined && word.length - second[0].length >= r1) {
      const before = word[word.length - second[0].length - 1] || '';
      const fits = second[0] === 'ogi' ? before === 'l' :
        second[0] === 'li' ? before !== '' && 'cdeghkmnrt'.includes(before) : true;
      if (fits) word = cut(word, second[0], second[1]);
    }
    const third = step3.find(([from]) => word.endsWith(from));
    if (third !== undefined) {
      const begin = word.length - third[0].length;
      if (begin >= r1 && (third[0] !== 'ative' || begin >= r2)) word = cut(word, third[0], third[1]);
    }
    const fourth = step4.find((ending) => word.endsWith(ending));
    if (fourth !== undefined && word.length - fourth.length >= r2) {
      const before = word[word.length - fourth.length - 1] || '';
      if (fourth !== 'ion' || before === 's' || before === 't') word = cut(word, fourth, '');
    }
    if (word.endsWith('e')) {
      const rest = word.slice(0, -1);
      return rest.length >= r2 || (rest.length >= r1 && !endsInShortSyllable(rest)) ? rest : word;
    }
    return word.endsWith('ll') && word.length - 1 >= r2 ? word.slice(0, -1) : word;
  }

  function stem(given) {
    if (given.length <= 2 || given.length > longest) return given;
    if (exceptions.has(given)) return exceptions.get(given);
    let word = '';  // Y: a y that is a consonant
    for (const c of given) word += c === 'y' && (word === '' || isVowel(word[word.length - 1])) ? 'Y' : c;
    const start = ['gener', 'commun', 'arsen'].find((each) => word.startsWith(each));
    const r1 = start === undefined ? regionAfter(word, 0) : start.length;
    const r2 = regionAfter(word, r1);
    word = withoutPlural(word);
    if (!keptAfterPlural.includes(word)) word = withEndings(withoutPast(word, r1), r1, r2);
    return word.toLowerCase();
  }

  // ---- characters

  // Case folding where it is more than small letters: of all letters with a form of their own, these two are in use.
  const folded = (c) => c.normalize('NFKC').toLowerCase().replace(/ß/g, 'ss').replace(/ς/g, 'σ');

  // Most characters of most texts, without asking Unicode.
  const plain = new Map();
  for (const c of 'abcdefghijklmnopqrstuvwxyz') plain.set(c, 'lower');
  for (const c of '0123456789') plain.set(c, 'digit');
  for (const c of '_-./:@+#\\\u2010') plain.set(c, 'joiner');
  for (const c of ' \n\t,;!?()[]{}"\'`*|<>=&%$~^。，、；：！？（）《》「」“”') plain.set(c, 'other');

  function kindOf(c, given) {
    if (c >= '\u4e00' && c <= '\u9fff') return 'run';
    const known = plain.get(c);
    if (known !== undefined && known !== 'lower') return known;
    if (known === 'lower' || /^\p{L}/u.test(c)) {
      if (known === undefined && runs.test(c)) return 'run';
      return /^[A-Z\uff21-\uff3a]/.test(given) ? 'upper' : 'lower';
    }
    if (runs.test(c)) return 'run';
    if (/^\p{N}/u.test(c)) return 'digit';
    return /^\p{M}/u.test(c) ? 'mark' : 'other';
  }

  // ---- words: letters and digits on their way to tokens

  class Words {
    constructor(emit) {
      this.emit = emit;
      this.parts = [];
      this.joiners = 0;
      this.clear();
    }
    clear() {
      this.word = '';
      this.cuts = [];
      this.last = '';
      this.tooLong = false;
    }
    letter(c, kind, begin, end) {
      if (this.word === '') {
        this.begin = begin;
        this.cuts.push([0, begin]);
      } else if (kind !== this.last) {
        const digits = (kind === 'digit') !== (this.last === 'digit');
        if (digits || kind === 'upper') {
          this.cuts.push([this.word.length, begin]);
        } else if (this.word.length - this.lastSize > this.cuts[this.cuts.length - 1][0]) {
          this.cuts.push([this.word.length - this.lastSize, this.lastBegin]);  // HTTP|Server
        }
      }
      this.last = kind;
      this.end = end;
      if (this.tooLong || this.word.length + c.length > longest) {
        this.tooLong = true;
        return;
      }
      this.word += c;
      this.lastSize = c.length;
      this.lastBegin = begin;
    }
    mark(c, end) {
      if (this.word === '') return;
      this.word = (this.word + c).normalize('NFKC');
      this.end = end;
    }
    joiner() {
      this.endWord();
      if (++this.joiners > mostJoiners) this.finish();
    }
    endWord() {
      if (this.word === '') return;
      const plain = (text) => /^[a-z]+$/.test(text) ? stem(text) : text;
      this.emit('word', this.tooLong ? this.word : plain(this.word), this.begin, this.end);
      if (this.cuts.length > 1 && this.cuts.length <= mostParts && !this.tooLong) {
        this.cuts.forEach(([at, begin], i) => {
          const next = this.cuts[i + 1];
          const part = this.word.slice(at, next === undefined ? undefined : next[0]);
          this.emit('part', plain(part), begin, next === undefined ? this.end : next[1]);
        });
      }
      this.parts.push({word: this.word, begin: this.begin, end: this.end});
      this.joiners = 0;
      this.clear();
    }
    finish() {
      this.endWord();
      if (this.parts.length >= 2 && this.parts.length <= mostParts) {
        const joined = '=' + this.parts.map((part) => part.word).join('');
        this.emit('compound', joined.slice(0, longest), this.parts[0].begin, this.parts[this.parts.length - 1].end);
      }
      this.parts = [];
      this.joiners = 0;
    }
  }

  // Calls emit(kind, term, begin, end) for each token. `simplified` maps traditional characters.
  function tokenise(text, simplified, emit) {
    const words = new Words(emit);
    let run = [];
    const endRun = () => {
      const last = run.pop();
      if (last !== undefined) emit('single', last.c, last.begin, last.end);
      run = [];
    };
    const put = (c, given, begin, end) => {
      const kind = kindOf(c, given);
      if (kind === 'run') {
        words.finish();
        const next = {c: simplified.get(c) || c, begin, end};
        const before = run.pop();
        if (before !== undefined) emit('pair', before.c + next.c, before.begin, end);
        run = [next];
        return;
      }
      endRun();
      if (kind === 'mark') return words.mark(c, end);
      if (kind === 'joiner') return words.joiner();
      return kind === 'other' ? words.finish() : words.letter(c, kind, begin, end);
    };
    let at = 0;
    for (const given of text) {
      const begin = at;
      at += given.length;
      if (given < '\u0080' || (given >= '\u4e00' && given <= '\u9fff')) {
        put(given.toLowerCase(), given, begin, at);
      } else {
        for (const c of folded(given)) put(c, given, begin, at);
      }
    }
    endRun();
    words.finish();
  }

  return {stem, tokenise};
})();
