// SPDX-License-Identifier: Apache-2.0
// The search field of every page, and the results on the home page. What is found is put into the page as text,
// never as HTML.
'use strict';

(() => {
  const root = document.body.dataset.root, home = document.body.dataset.home;
  const field = document.querySelector('input[type=search]');
  const results = document.getElementById('results'), browse = document.getElementById('browse');
  const step = 20;
  let shown = step;

  const waiting = new Map();
  // A script, since pages in a folder may not fetch.
  function load(name) {
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = root + 'assets/' + name;
        script.onload = resolve;
        script.onerror = reject;
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  }

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function marked(text, marks) {
    const out = [];
    let at = 0;
    for (const [begin, end] of marks) {
      out.push(text.slice(at, begin), element('mark', '', text.slice(begin, end)));
      at = end;
    }
    out.push(text.slice(at));
    return out;
  }

  function result(hit, query) {
    const entry = umsopsSearch.document(hit.document);
    const link = element('a', '', ...marked(entry.title, umsopsSearch.marks(entry.title, query)));
    link.href = root + entry.path;
    const part = umsopsSearch.snippet(umsopsSearch.text(hit.document), query);
    const words = marked(part.text, part.marks);
    if (part.cutBefore) words.unshift('… ');
    if (part.cutBehind) words.push(' …');
    const kind = element('span', 'kind', results.dataset[entry.kind] || entry.kind);
    const item = element('li', '', element('h3', '', link, ' ', kind), element('p', 'snippet', ...words));
    item.lang = entry.language;
    item.dataset.number = entry.number;
    return item;
  }

  function more(count) {
    const button = element('button', 'more', results.dataset.more.replace('{n}', count - shown));
    button.type = 'button';
    button.addEventListener('click', () => {
      const first = shown;
      shown += step;
      show();
      results.querySelectorAll('li a')[first].focus();
    });
    return button;
  }

  function show() {
    const text = field.value.trim();
    results.hidden = text === '';
    browse.hidden = text !== '';
    if (text === '' || !umsopsSearch.isReady()) return;
    const found = umsopsSearch.search(field.value, document.documentElement.lang);
    const count = found.hits.length;
    const words = count === 0 ? results.dataset.none : count === 1 ? results.dataset.one : results.dataset.many;
    const status = results.querySelector('[role=status]');
    status.textContent = words.replace('{n}', count).replace('{query}', () => text);
    const list = results.querySelector('ol');
    list.replaceChildren(...found.hits.slice(0, shown).map((hit) => result(hit, found.query)));
    results.querySelectorAll('.more').forEach((button) => button.remove());
    if (count > shown) results.append(more(count));
    results.dataset.state = umsopsSearch.hasTexts() ? 'done' : 'first';
    if (!umsopsSearch.hasTexts()) load('texts.js').then(show);
  }

  function failed() {
    results.querySelector('[role=status]').textContent = results.dataset.failed;
  }

  function typed() {
    shown = step;
    const text = field.value.trim();
    const address = text === '' ? location.pathname + location.search : '#q=' + encodeURIComponent(text);
    history.replaceState(null, '', address);
    load('index.js').then(show, failed);
  }

  function readAddress() {
    const asked = /^#q=(.*)$/.exec(location.hash);
    if (asked === null) return;
    try {
      field.value = decodeURIComponent(asked[1].replace(/\+/g, ' '));
    } catch (error) {
      field.value = asked[1];  // a % that begins no character
    }
    shown = step;
    load('index.js').then(show, failed);
  }

  function move(by) {
    const stops = [field, ...results.querySelectorAll('li a')];
    const at = stops.indexOf(document.activeElement);
    const next = stops[Math.max(0, Math.min(stops.length - 1, at + by))];
    if (at >= 0) next.focus();
  }

  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === '/' && !typing) {
      event.preventDefault();
      field.focus();
      field.select();
    } else if (results && !results.hidden && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (results && event.key === 'Escape') {
      field.value = '';
      typed();
      field.focus();
    }
  });

  field.form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!results) location.href = home + 'index.html#q=' + encodeURIComponent(field.value.trim());
    else if (!results.hidden) (results.querySelector('li a') || field).focus();
  });

  // What a link points to inside of a closed answer is opened.
  function openAnswer() {
    const answer = location.hash.startsWith('#q=') ? null : document.getElementById(location.hash.slice(1));
    if (answer && answer.tagName === 'DETAILS') answer.open = true;
  }

  // Paper has no lid to lift.
  window.addEventListener('beforeprint', () => {
    document.querySelectorAll('details').forEach((answer) => { answer.open = true; });
  });
  window.addEventListener('hashchange', openAnswer);
  openAnswer();
  if (results) {
    field.addEventListener('input', typed);
    field.addEventListener('focus', () => load('index.js').catch(failed), {once: true});
    window.addEventListener('hashchange', readAddress);
    readAddress();
  }
})();
