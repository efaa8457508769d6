// SPDX-License-Identifier: Apache-2.0
// Finds entries in the index that index.js brings: BM25 over impacts that were made with the site, as umsops ranks by
// the index alone. Snippets come from the texts in texts.js, which are fetched when they are needed.
'use strict';

const umsopsSearch = (() => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const digits = new Uint8Array(128);
  for (let i = 0; i < alphabet.length; ++i) digits[alphabet.charCodeAt(i)] = i;
  const mostTerms = 120, longestQuery = 4000, mostExpansions = 200, partialShare = 0.2;
  const ownLanguage = 1.3;  // for what both languages have: LDAP, VPN
  let data = null, texts = null;

  // ---- the index

  function index(given) {
    const lines = (text) => (text === '' ? [] : text.split('\n'));
    const terms = lines(given.terms), simplified = new Map(), pairs = [...given.simplified];
    for (let i = 0; i + 1 < pairs.length; i += 2) simplified.set(pairs[i], pairs[i + 1]);
    data = {
      documents: given.documents, terms, simplified,
      postings: lines(given.postings),
      numbers: new Map(terms.map((term, i) => [term, i])),
      stops: new Set(given.stops.split(' ')),
      questions: given.questions.split(' ').filter((word) => word !== ''),
      stopWeight: given.stopWeight,
      idfPower: given.idfPower,
    };
  }

  // Distances between documents in digits of 5 bits, the lowest first (a sixth bit: more follow), and an impact.
  function eachPosting(number, act) {
    const bytes = data.postings[number];
    let document = -1;
    for (let at = 0; at < bytes.length;) {
      let distance = 0, shift = 0, digit = 0;
      do {
        digit = digits[bytes.charCodeAt(at++)];
        distance |= (digit & 31) << shift;
        shift += 5;
      } while (digit > 31);
      document += distance + 1;
      act(document, (digits[bytes.charCodeAt(at++)] + 1) / 64);
    }
  }

  // ---- the query

  function withoutQuestions(text) {
    const plain = [...text].map((c) => data.simplified.get(c) || c).join('');
    let out = '';
    for (let at = 0; at < plain.length;) {
      const word = data.questions.find((each) => plain.startsWith(each, at));
      out += word === undefined ? plain[at] : ' ';
      at += word === undefined ? 1 : word.length;
    }
    return out;
  }

  // Terms with their weights, and groups of which a full match has one alternative each.
  function parse(text) {
    const query = {terms: new Map(), groups: [], stopped: [], lone: []};
    let lastPairEnd = -1, group = null;
    const add = (term, weight) => {
      const known = query.terms.get(term);
      if (known !== undefined) known.weight += weight;
      else if (query.terms.size < mostTerms) query.terms.set(term, {term, weight, prefix: false});
    };
    const require = (term) => {
      group = query.groups.find((each) => each[0][0] === term);
      if (group === undefined) query.groups.push(group = [[term]]);
    };
    umsopsTerms.tokenise(text, data.simplified, (kind, term, begin, end) => {
      if (kind === 'single') {
        if (lastPairEnd !== end) query.lone.push(term);
        return;
      }
      if (kind === 'pair') lastPairEnd = end;
      const stopped = kind === 'word' && data.stops.has(term);
      add(term, stopped ? data.stopWeight : 1);
      if (kind === 'part') {
        if (group.length === 1) group.push([]);
        group[1].push(term);
      } else if (stopped) {
        query.stopped.push(term);
      } else if (kind !== 'compound') {
        require(term);
      }
    });
    if (query.groups.length === 0) {
      for (const term of query.lone) {
        query.terms.set(term, {term, weight: 1, prefix: true});
        require(term);
      }
    }
    if (query.groups.length === 0) query.stopped.forEach(require);
    return query;
  }

  // The word that is being typed may be the beginning of a longer one.
  function finishTyped(query, text) {
    const typed = /[a-z0-9]{2,}$/i.exec(text);
    if (typed === null) return;
    const word = typed[0].toLowerCase(), term = umsopsTerms.stem(word);
    const known = query.terms.get(term);
    if (known !== undefined && !data.numbers.has(term)) Object.assign(known, {prefix: true, beginning: word});
  }

  // ---- ranking

  // A stem may be shorter than what was typed of the word: authenti, authent.
  function isBeginning(term, candidate) {
    if (term.beginning === undefined) return candidate.startsWith(term.term);
    return candidate.startsWith(term.beginning) || (candidate.length > 4 && term.beginning.startsWith(candidate));
  }

  function matches(term) {
    const found = new Map();
    const take = (number) => eachPosting(number, (document, impact) => {
      found.set(document, Math.max(impact, found.get(document) || 0));
    });
    if (!term.prefix) {
      if (data.numbers.has(term.term)) take(data.numbers.get(term.term));
      return found;
    }
    let expansions = 0;
    for (let i = 0; i < data.terms.length && expansions < mostExpansions; ++i) {
      if (!isBeginning(term, data.terms[i])) continue;
      ++expansions;
      take(i);
    }
    return found;
  }

  function rarity(count) {
    const documents = data.documents.length;
    return Math.pow(Math.log(1 + (documents - count + 0.5) / (count + 0.5)), data.idfPower);
  }

  function rank(query, language) {
    const scores = new Map(), has = new Map();
    for (const term of query.terms.values()) {
      const found = matches(term);
      has.set(term.term, found);
      const worth = term.weight * rarity(found.size);
      for (const [document, impact] of found) scores.set(document, (scores.get(document) || 0) + worth * impact);
    }
    const hits = [...scores].map(([document, score]) => ({
      document,
      score: score * (data.documents[document].language === language ? ownLanguage : 1),
      partial: !query.groups.every((group) => group.some((all) => all.every((term) => has.get(term).has(document)))),
    }));
    hits.sort((a, b) => b.score - a.score || a.document - b.document);
    const best = hits.length === 0 ? 0 : hits[0].score;
    return hits.filter((hit) => !hit.partial || hit.score >= partialShare * best);
  }

  // The best entries first: {document, score, partial}; and what to mark in their texts. `language` is the reader's.
  function search(text, language) {
    text = text.slice(0, longestQuery);
    let query = parse(withoutQuestions(text));
    if (query.groups.length === 0) query = parse(text);
    finishTyped(query, text);
    return {query, hits: query.terms.size === 0 ? [] : rank(query, language)};
  }

  // ---- what a reader sees of a hit

  // Ranges [begin, end) of a text that the query asks for, apart from each other.
  function marks(text, query) {
    const found = [];
    const typed = [...query.terms.values()].filter((term) => term.beginning !== undefined);
    umsopsTerms.tokenise(text, data.simplified, (kind, term, begin, end) => {
      const known = query.terms.get(term);
      const character = String.fromCodePoint(term.codePointAt(0));
      const lone = query.terms.get(character);
      const asked = known !== undefined && known.weight >= 1;
      if (asked || typed.some((each) => isBeginning(each, term))) found.push([begin, end]);
      else if (lone !== undefined && lone.prefix) found.push([begin, begin + character.length]);
    });
    found.sort((a, b) => a[0] - b[0]);
    const out = [];
    for (const [begin, end] of found) {
      const last = out[out.length - 1];
      if (last !== undefined && begin <= last[1]) last[1] = Math.max(last[1], end);
      else out.push([begin, end]);
    }
    return out;
  }

  // The part of a text where most of its marks are, and the marks in it.
  function snippet(text, query) {
    const all = marks(text, query);
    const wide = /[\u2e80-\uffef]/.test(text), size = wide ? 90 : 180;
    let best = 0, bestCount = 0;
    for (let first = 0, last = 0; first < all.length; ++first) {
      while (last < all.length && all[last][1] - all[first][0] <= size) ++last;
      if (last - first > bestCount) [best, bestCount] = [all[first][0], last - first];
    }
    const reach = text.lastIndexOf('\n', best) + 1;
    let begin = Math.max(0, reach, best - Math.floor(size / 4));
    if (begin > reach && !wide) begin = Math.min(best, text.indexOf(' ', begin) + 1 || best);
    let end = Math.min(text.length, begin + size);
    if (end < text.length && !wide) end = Math.max(text.lastIndexOf(' ', end), best + 1);
    const isLow = (at) => at > 0 && at < text.length && /[\udc00-\udfff]/.test(text[at]);
    if (isLow(begin)) --begin;
    if (isLow(end)) ++end;
    const inside = all.filter((mark) => mark[1] > begin && mark[0] < end)
      .map((mark) => [Math.max(mark[0], begin) - begin, Math.min(mark[1], end) - begin]);
    const shown = text.slice(begin, end).replace(/\n/g, ' ');
    return {text: shown, marks: inside, cutBefore: begin > 0, cutBehind: end < text.length};
  }

  return {
    index, search, marks, snippet,
    texts: (given) => { texts = given; },
    isReady: () => data !== null,
    hasTexts: () => texts !== null,
    document: (number) => data.documents[number],
    text: (number) => (texts === null ? data.documents[number].lead : texts[number]),
  };
})();
