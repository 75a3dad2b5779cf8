// What values and Custom HTML of a container come to when they are run, under several worlds.
//
// Reads from stdin a list of {variables, texts, pages}; writes for each {texts, pages}.
// A variable that only the page can tell (a data layer key, a cookie, the page itself) has in each
// world a value made of what it reads, so that two values are the same when they read the same.
// Code is run, not read. It knows nothing of tagkit.
'use strict';
const vm = require('node:vm');
const crypto = require('node:crypto');

const WORLDS = ['text', 'number', 'nothing', 'digits', 'items', 'object'];
const REFERENCE = /\{\{([^{}\r\n]+)\}\}/g;
// A setting that says what is so without it.
const USUAL = {
  decodeCookie: 'false', setDefaultValue: 'false', stripWww: 'false', replaceAfterMatch: 'false',
};
const MADE_OF = { // GTM's own variables, and what they read (measured on the runtime)
  'Page URL': ['u', 'URL'], 'Page Hostname': ['u', 'HOST'], 'Page Path': ['u', 'PATH'],
  Referrer: ['f', 'URL'], Event: ['e'], _event: ['e'],
};
const KNOWN = ['Array', 'Boolean', 'Error', 'JSON', 'Number', 'Object', 'RegExp', 'String',
  'decodeURIComponent', 'encodeURIComponent', 'isFinite', 'isNaN', 'parseFloat', 'parseInt',
  'undefined', 'NaN', 'Infinity', 'TypeError', 'escape', 'unescape'];
const BROWSER = new Set(['document', 'navigator', 'location', 'localStorage', 'sessionStorage', 'screen',
  'performance', 'history', 'console', 'window', 'self', 'top', 'parent', 'globalThis']);
const context = vm.createContext({});
const own = Object.fromEntries(KNOWN.map((name) => [name, vm.runInContext(name, context)]));

function hash(text) {
  return crypto.createHash('sha256').update(text).digest('hex').slice(0, 10);
}

function leaf(key, world) {
  const mark = hash(key);
  const number = (parseInt(mark, 16) % 99991) + 0.25;
  switch (world) {
    case 'text': return `<${mark}>`;
    case 'number': return number;
    case 'nothing': return undefined;
    case 'digits': return String(number);
  }
  const items = [{ item_id: mark, id: mark, item_name: `n${mark}`, item_category: `c${mark}`,
    price: number, quantity: 2 }];
  const object = { items, products: items, value: number, currency: `y${mark}`, id: mark };
  return vm.runInContext(`(${JSON.stringify(world === 'items' ? items : object)})`, context);
}

// Something of the page that nobody knows: it tells how it was come to. A loop over it ends.
let asked = 0;
function page(path, world) {
  const said = () => (world === 'number' || world === 'digits' ? leaf(path, 'digits') : `<${path}>`);
  return new Proxy(function () {}, {
    get(_, key) {
      asked += 1;
      if (asked > 10000) { throw new Error('asked too often'); }
      if (key === Symbol.toPrimitive || key === 'toString' || key === 'valueOf') { return said; }
      if (key === 'PATH OF THE PAGE') { return path; }
      if (key === Symbol.iterator || key === 'then') { return undefined; }
      if (key === 'length') { return 1; }
      return page(`${path}.${String(key)}`, world);
    },
    set: () => true,
    has: () => true,
    apply: (_, self, given) => page(`${path}(${given.map((g) => JSON.stringify(plain(g)))})`, world),
    construct: (_, given) => page(`new ${path}(${given.map((g) => JSON.stringify(plain(g)))})`, world),
  });
}

// A value as JSON in which undefined, numbers and texts are told apart and order does not count.
function plain(value, depth = 0) {
  if (value === undefined) { return { is: 'undefined' }; }
  if (value === null || typeof value === 'boolean' || typeof value === 'string') { return value; }
  if (typeof value === 'number') { return { number: String(value) }; }
  const path = value['PATH OF THE PAGE'];
  if (path) { return { page: path }; }
  if (typeof value === 'function') { return { code: String(value).replace(/\s+/g, ' ') }; }
  if (depth > 9) { return { is: 'deep' }; }
  if (Array.isArray(value)) { return value.map((one) => plain(one, depth + 1)); }
  const found = {};
  for (const key of Object.keys(value).sort()) {
    if (value[key] !== undefined) { found[key] = plain(value[key], depth + 1); }
  }
  return found;
}

class World {
  constructor(container, world) {
    this.world = world;
    this.opened = [];
    this.known = new Map();
    this.variables = new Map(container.variables.map((one) => [one.name, one]));
  }

  value(text) {
    const whole = /^\{\{([^{}\r\n]+)\}\}$/.exec(text);
    if (whole) { return this.named(whole[1]); }
    return text.replace(REFERENCE, (_, name) => {
      const value = this.named(name);
      return value === undefined || value === null ? '' : String(value);
    });
  }

  named(name) {
    const variable = this.variables.get(name);
    if (!variable) { return leaf(JSON.stringify(MADE_OF[name] || ['built-in', name]), this.world); }
    const key = `${this.world} ${name}`;
    if (this.known.has(key)) { return this.known.get(key); }
    if (this.opened.includes(name) || this.opened.length > 60) { return leaf('circle', this.world); }
    this.opened.push(name);
    try {
      const value = this.formatted(this.read(variable), variable.formatValue || {});
      // code may change an object that it is given
      if (typeof value !== 'object' && typeof value !== 'function') { this.known.set(key, value); }
      return value;
    } finally { this.opened.pop(); }
  }

  read(variable) {
    const given = {};
    for (const one of variable.parameter || []) { if (one && one.key) { given[one.key] = one; } }
    const said = (key) => (given[key] && typeof given[key].value === 'string' ? given[key].value : '');
    if (variable.type === 'c') { return this.value(said('value')); }
    if (variable.type === 'jsm') { return this.called(said('javascript')); }
    if (said('setDefaultValue') !== 'true') { delete given.defaultValue; }
    const settings = [];
    for (const key of Object.keys(given).sort()) {
      if (said(key) !== USUAL[key]) { settings.push([key, this.data(given[key])]); }
    }
    let made = [variable.type, ...settings];
    if (variable.type === 'e') { made = ['e']; }
    if (variable.type === 'u' || variable.type === 'f') {
      const rest = settings.filter(([key]) => key !== 'component');
      if (!rest.length) { made = [variable.type, said('component') || 'URL']; }
    }
    return leaf(JSON.stringify(made), this.world);
  }

  // A setting with each reference as what it comes to in every world.
  data(given) {
    if (Array.isArray(given.list)) { return given.list.map((one) => this.data(one || {})); }
    if (Array.isArray(given.map)) {
      return given.map.map((one) => [one && one.key, this.data(one || {})]).sort();
    }
    const text = typeof given.value === 'string' ? given.value : JSON.stringify(given.value);
    if (!text || !text.includes('{{')) { return text; }
    const before = this.world;
    try {
      const made = WORLDS.map((world) => { this.world = world; return plain(this.value(text)); });
      return made.every((one) => one === made[0]) ? made[0] : made;
    } finally { this.world = before; }
  }

  formatted(value, format) {
    let made = value;
    if (typeof made === 'string' && format.caseConversionType === 'LOWERCASE') { made = made.toLowerCase(); }
    if (typeof made === 'string' && format.caseConversionType === 'UPPERCASE') { made = made.toUpperCase(); }
    const pairs = [['convertNullToValue', null], ['convertUndefinedToValue', undefined],
      ['convertTrueToValue', true], ['convertFalseToValue', false]];
    for (const [key, from] of pairs) {
      if (made === from && format[key]) { return this.value(format[key].value || ''); }
    }
    return made;
  }

  // The result of a Custom JavaScript variable; GTM gives undefined where it throws.
  called(code) {
    const run = new Run(this, false);
    try {
      return run.script(`return (${this.inserted(code, run)}\n)();`);
    } catch (error) {
      return undefined;
    }
  }

  // Code with its references: as text in quotes, as a live value elsewhere.
  inserted(code, run) {
    let made = '', quote = '', at = 0;
    while (at < code.length) {
      const rest = code.slice(at, at + 2);
      if (!quote && (rest === '//' || rest === '/*')) {
        const end = code.indexOf(rest === '//' ? '\n' : '*/', at + 2);
        at = end < 0 ? code.length : end + (rest === '//' ? 0 : 2);
        made += ' ';
        continue;
      }
      const reference = rest === '{{' && /^\{\{([^{}\r\n]+)\}\}/.exec(code.slice(at));
      if (reference) {
        const value = this.named(reference[1]);
        if (quote && run.isLive) {
          made += `${quote}+__live(${run.keep(value)})+${quote}`;
        } else if (quote) {
          made += JSON.stringify(String(value)).slice(1, -1).replace(/'/g, "\\'");
        } else {
          made += `__value(${run.keep(value)})`;
        }
        at += reference[0].length;
        continue;
      }
      const letter = code[at];
      if (quote && letter === '\\') { made += letter + (code[at + 1] || ''); at += 2; continue; }
      if (letter === quote || (quote !== '`' && quote && letter === '\n')) { quote = ''; }
      else if (!quote && /["'`]/.test(letter)) { quote = letter; }
      made += letter;
      at += 1;
    }
    // an empty text on both sides: the value is all there is
    return made.replace(/(['"])\1\+(__live\(\d+\))\+\1\1/g, '$2');
  }
}

// The window of one page; what a script sets stays for the next.
class Run {
  constructor(world, isLive, absent = new Set()) {
    this.world = world;
    this.isLive = isLive;
    this.values = [];
    this.waiting = [];
    this.calls = [];
    const store = Object.create(null);
    const later = (callback) => { this.waiting.push(callback); return 1; };
    Object.assign(store, own, {
      __value: (n) => this.values[n], __live: (n) => this.values[n],
      setTimeout: later, setInterval: later, requestAnimationFrame: later,
      Math: Object.assign(Object.create(vm.runInContext('Math', context)), { random: () => 0.5 }),
      Date: page('Date', world.world),
    });
    // what a site of its own may have on the window; in one world there is nothing
    const isThere = (key) => !absent.has(key) && (world.world !== 'nothing' || BROWSER.has(key));
    const window = new Proxy(store, {
      has: (_, key) => typeof key === 'string' && (key in store || isThere(key)),
      get: (_, key) => {
        if (typeof key !== 'string') { return undefined; }
        if (key in store) { return store[key]; }
        if (['window', 'self', 'top', 'parent', 'globalThis'].includes(key)) { return window; }
        if (key === 'PATH OF THE PAGE') { return 'window'; }
        return isThere(key) ? page(key, world.world) : undefined;
      },
      set: (_, key, value) => {
        store[key] = key === 'fbq' && typeof value === 'function' ? this.recorded(value) : value;
        return true;
      },
    });
    this.window = window;
  }

  keep(value) { return this.values.push(value) - 1; }

  recorded(fbq) {
    return new Proxy(fbq, {
      apply: (_, self, given) => {
        this.calls.push([...given].map((one) => plain(one)));
        try { return Reflect.apply(fbq, self, given); } catch (error) { return undefined; }
      },
    });
  }

  script(body) {
    context.__window = this.window;
    const made = `(function () { with (__window) { return (function () { ${body}\n }).call(__window); } })()`;
    asked = 0;
    return vm.runInContext(made, context);
  }

  // Runs the scripts of a Custom HTML tag; whether one of them failed.
  html(text) {
    let failed = false;
    const attempt = (action) => { try { action(); } catch (error) { failed = true; if (process.env.DEBUG) { console.error(String(error), text.slice(0, 300)); } } };
    for (const code of scripts(text)) { attempt(() => this.script(this.world.inserted(code, this))); }
    for (let n = 0; n < 20 && this.waiting.length; n += 1) { attempt(this.waiting.shift()); }
    return failed;
  }
}

function scripts(html) {
  const found = [];
  const block = /<!--[\s\S]*?-->|<noscript[\s\S]*?<\/noscript\s*>|<script([^>]*)>([\s\S]*?)<\/script\s*>/gi;
  for (const match of html.matchAll(block)) {
    const type = /\stype\s*=\s*["']?([^\s"'>]*)/i.exec(match[1] || '');
    if (match[2] !== undefined && (!type || /javascript|^module$|^$/i.test(type[1]))) { found.push(match[2]); }
  }
  return found;
}

// What the scripts of a page set on the window is not there before.
function absentOf(tags) {
  const names = new Set(['fbq', '_fbq']);
  for (const match of tags.join('\n').matchAll(/[\w$]\.([\w$]+)\s*=(?!=)/g)) { names.add(match[1]); }
  return names;
}

// {before: [html], html, known}: what fbq is told by html, after the others ran.
function told(worlds, { before, html, known }) {
  const absent = absentOf([...before, html]);
  return worlds.map((world) => [false, true].map((isLive) => {
    const run = new Run(world, isLive, absent);
    if (known) { run.window.fbq = function () {}; }
    for (const one of before) { run.html(one); }
    run.calls = [];
    const failed = run.html(html);
    return { failed, calls: run.calls };
  }));
}

const containers = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(containers.map((container) => {
  const worlds = WORLDS.map((world) => new World(container, world));
  return {
    texts: container.texts.map((text) => worlds.map((world) => plain(world.value(text)))),
    pages: container.pages.map((one) => told(worlds, one)),
  };
})));
