/* A web container of Google Tag Manager, interpreted from its export (importable JSON).
 *
 * TagkitSimulator.start(containerExport, options) takes the place of Google's gtm.js: it reads the data
 * layer, evaluates triggers and variables, runs Custom HTML, and records in window.__gtm what
 * would be sent to Google. It sends nothing itself.
 *
 * Numbers in comments ("measured 5") are the sections of our notes of what Google's runtime does
 * when it runs. "not measured" marks a choice of ours.
 */
(function (window) {
  'use strict';

  const document = window.document;

  // ------------------------------------------------------------------ small helpers

  const own = (object, key) => Object.prototype.hasOwnProperty.call(object, key);

  function isPlainObject(value) {
    return Object.prototype.toString.call(value) === '[object Object]' &&
      !(value instanceof window.Node) && value !== window;
  }

  function isArguments(value) {
    return Object.prototype.toString.call(value) === '[object Arguments]';
  }

  function once(action) {
    let done = false;
    return (...args) => {
      if (!done) {
        done = true;
        action(...args);
      }
    };
  }

  /* A copy that can leave the page: elements and functions become text, cycles are cut. */
  function portable(value, depth = 0) {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
    if (value === undefined) return undefined;
    if (value instanceof window.Element) return describeElement(value);
    if (typeof value === 'function') return '[function]';
    if (typeof value !== 'object' || depth > 8) return String(value);
    if (Array.isArray(value) || isArguments(value)) {
      return Array.from(value, (item) => portable(item, depth + 1));
    }
    if (!isPlainObject(value)) return String(value);
    const copy = {};
    Object.keys(value).forEach((key) => { copy[key] = portable(value[key], depth + 1); });
    return copy;
  }

  function describeElement(element) {
    const id = element.id ? `#${element.id}` : '';
    const classes = Array.from(element.classList, (name) => `.${name}`).join('');
    return `<${element.tagName.toLowerCase()}${id}${classes}>`;
  }

  /* Parameters of an export entity, by key: texts stay texts, lists of maps become rows. */
  function parametersOf(entity) {
    const values = {};
    (entity.parameter || []).forEach((parameter) => {
      values[parameter.key] = parameterValue(parameter);
    });
    return values;
  }

  function parameterValue(parameter) {
    switch (parameter.type) {
      case 'LIST': return (parameter.list || []).map(parameterValue);
      case 'MAP': {
        const row = {};
        (parameter.map || []).forEach((entry) => { row[entry.key] = parameterValue(entry); });
        return row;
      }
      // An export leaves `value` out when the text is empty.
      default: return own(parameter, 'value') ? parameter.value : '';
    }
  }

  const isTrue = (text) => text === 'true' || text === true;

  // ------------------------------------------------------------------ data layer model

  /* Version 2 is the merged tree, version 1 the last value pushed under exactly that key. */
  class Model {
    constructor() {
      this.reset();
    }

    reset() {
      this.tree = {};
      this.flat = {};
    }

    set(key, value) {
      this.flat[key] = value;
      merge(expand(key, value), this.tree);
    }

    clear(key) {
      this.set(key, undefined);
    }

    forget(key) {
      delete this.flat[key];
      delete this.tree[key];
    }

    get(name, version) {
      return version === 1 ? this.flat[name.replace(/\\\./g, '.')] : this.walk(name);
    }

    walk(name) {
      let value = this.tree;
      for (const part of splitPath(name)) {
        if (value === null) return false; // measured 2: a null half way gives false
        if (value === undefined) return undefined;
        value = value[part];
      }
      return value;
    }
  }

  /* 'a.b\.c' -> ['a', 'b.c'] */
  function splitPath(name) {
    return name.replace(/\\\./g, '\u0000').split('.').map((part) => part.replace(/\u0000/g, '.'));
  }

  function expand(key, value) {
    const tree = {};
    const parts = String(key).split('.');
    let node = tree;
    parts.slice(0, -1).forEach((part) => { node = node[part] = {}; });
    node[parts[parts.length - 1]] = value;
    return tree;
  }

  /* Objects and arrays merge into their like, arrays index by index; all else overwrites. */
  function merge(from, into) {
    Object.keys(from).forEach((key) => {
      const value = from[key];
      if (Array.isArray(value)) {
        if (!Array.isArray(into[key])) into[key] = [];
        merge(value, into[key]);
      } else if (isPlainObject(value)) {
        if (!isPlainObject(into[key])) into[key] = {};
        merge(value, into[key]);
      } else {
        into[key] = value;
      }
    });
  }

  // ------------------------------------------------------------------ consent

  class Consent {
    constructor(region) {
      this.region = region || '';
      this.types = {};
      this.waitingUntil = 0;
      this.onUpdate = [];
    }

    setDefault(settings) {
      const specificity = this.specificity(settings.region);
      if (specificity < 0) return;
      each(settings, (type, status) => {
        const entry = this.entry(type);
        if (specificity >= entry.specificity) {
          entry.specificity = specificity;
          entry.byDefault = status;
        }
      });
      const wait = Number(settings.wait_for_update);
      if (wait > 0) this.waitingUntil = Date.now() + wait;
    }

    update(settings) {
      each(settings, (type, status) => { this.entry(type).byUpdate = status; });
      this.waitingUntil = 0;
      this.onUpdate.splice(0).forEach((action) => action());
    }

    entry(type) {
      if (!this.types[type]) this.types[type] = { specificity: 0 };
      return this.types[type];
    }

    /* 0 for everywhere, 1 for our country, 2 for our subdivision, -1 for elsewhere. */
    specificity(regions) {
      if (!regions || !regions.length) return 0;
      if (this.region && regions.includes(this.region)) return this.region.includes('-') ? 2 : 1;
      return regions.includes(this.region.split('-')[0]) && this.region ? 1 : -1;
    }

    status(type) {
      const entry = this.types[type] || {};
      return entry.byUpdate === undefined ? entry.byDefault : entry.byUpdate;
    }

    /* measured 7: a type nobody set counts as granted */
    isGranted(type) {
      const status = this.status(type);
      return status === undefined || status === 'granted';
    }

    snapshot() {
      const state = {};
      Object.keys(this.types).forEach((type) => { state[type] = this.status(type); });
      if (state.ad_storage !== undefined || state.analytics_storage !== undefined) {
        const bit = (type) => (this.isGranted(type) ? '1' : '0');
        state.gcs = `G1${bit('ad_storage')}${bit('analytics_storage')}`;
      }
      return state;
    }

    /* wait_for_update holds Google's own hits back, nothing else (measured 7). */
    whenSettled(action) {
      const wait = this.waitingUntil - Date.now();
      if (wait <= 0) {
        action();
        return;
      }
      const go = once(action);
      this.onUpdate.push(go);
      window.setTimeout(go, wait);
    }
  }

  function each(settings, visit) {
    Object.keys(settings).forEach((type) => {
      if (type !== 'region' && type !== 'wait_for_update') visit(type, settings[type]);
    });
  }

  // ------------------------------------------------------------------ code texts

  const REFERENCE = /\{\{([^{}]+)\}\}/g;
  const SINGLE_REFERENCE = /^\{\{([^{}]+)\}\}$/;
  // After one of these words a slash starts a regular expression, after these signs it does not.
  const AFTER_VALUE = new Set([')', ']', '}', '++', '--']);
  const BEFORE_REGEX = new Set(['return', 'typeof', 'case', 'in', 'of', 'delete', 'void', 'throw',
    'new', 'else', 'do', 'instanceof']);
  const PUNCTUATION = ['>>>=', '...', '===', '!==', '**=', '<<=', '>>=', '>>>', '&&=', '||=', '??=',
    '=>', '==', '!=', '<=', '>=', '&&', '||', '??', '?.', '++', '--', '+=', '-=', '*=', '/=', '%=',
    '&=', '|=', '^=', '<<', '>>', '**'];
  const NUMBER =
    /(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*\.?[\d_]*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)n?/y;
  const LEXER = [
    ['space', /\s+/y],
    ['comment', /\/\/[^\n]*|\/\*[\s\S]*?\*\//y],
    ['string', /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y],
    ['template', /`(?:[^`\\]|\\[\s\S])*`/y],
    ['number', NUMBER],
    ['word', /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ];
  const REGEX_LITERAL = /\/(?:[^/\\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+\/[A-Za-z]*/y;

  /* Tokens of a JavaScript text; `{{Name}}` outside quotes is a token of its own. */
  function tokenize(code, isKnown) {
    const tokens = [];
    let at = 0;
    let previous = null;
    while (at < code.length) {
      const token = nextToken(code, at, previous, isKnown);
      tokens.push(token);
      at += token.text.length;
      if (token.kind !== 'space' && token.kind !== 'comment') previous = token;
    }
    return tokens;
  }

  function nextToken(code, at, previous, isKnown) {
    const match = (pattern) => {
      pattern.lastIndex = at;
      const found = pattern.exec(code);
      return found && found[0];
    };
    const reference = match(/\{\{[^{}]+\}\}/y);
    if (reference && isKnown(reference.slice(2, -2))) return { kind: 'reference', text: reference };
    for (const [kind, pattern] of LEXER) {
      const text = match(pattern);
      if (text) return { kind, text };
    }
    if (code[at] === '/' && mayStartRegex(previous)) {
      const text = match(REGEX_LITERAL);
      if (text) return { kind: 'regex', text };
    }
    const text = PUNCTUATION.find((symbol) => code.startsWith(symbol, at)) || code[at];
    return { kind: 'punctuation', text };
  }

  function mayStartRegex(previous) {
    if (!previous) return true;
    if (previous.kind === 'word') return BEFORE_REGEX.has(previous.text);
    return previous.kind === 'punctuation' && !AFTER_VALUE.has(previous.text);
  }

  /* Splits a script into texts and references: [{text} | {name, context}]. */
  function compileCode(code, isKnown) {
    const parts = [];
    const addText = (text) => parts.push({ text });
    tokenize(code, isKnown).forEach((token) => {
      if (token.kind === 'reference') {
        parts.push({ name: token.text.slice(2, -2), context: 'live' });
      } else if (token.kind === 'space' || !token.text.includes('{{')) {
        addText(token.text);
      } else {
        splitReferences(token.text, isKnown).forEach((part) => {
          parts.push(part.name === undefined ? part : { name: part.name, context: token.kind });
        });
      }
    });
    return parts;
  }

  function splitReferences(text, isKnown) {
    const parts = [];
    let end = 0;
    for (const match of text.matchAll(REFERENCE)) {
      if (!isKnown(match[1])) continue;
      parts.push({ text: text.slice(end, match.index) }, { name: match[1] });
      end = match.index + match[0].length;
    }
    parts.push({ text: text.slice(end) });
    return parts.filter((part) => part.text !== '');
  }

  function escapeForString(value) {
    return JSON.stringify(String(value)).slice(1, -1)
      .replace(/'/g, '\\x27').replace(/`/g, '\\x60').replace(/</g, '\\x3c')
      .replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029');
  }

  function escapeForRegex(value) {
    return String(value).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\n/g, '\\n');
  }

  function escapeForHtml(value) {
    const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
    return String(value).replace(/[&<>"']/g, (sign) => entities[sign]);
  }

  // Google's publishing step refuses syntax newer than ES5. These tokens are never ES5 …
  const NEW_PUNCTUATION = {
    '=>': 'arrow function', '...': 'spread or rest', '**': 'exponent', '**=': 'exponent',
    '?.': 'optional chaining', '??': 'nullish coalescing', '??=': 'logical assignment',
    '&&=': 'logical assignment', '||=': 'logical assignment', '#': 'private name',
  };
  const NEW_WORDS = { class: 'class', super: 'super', import: 'import', export: 'export' };

  /* … and this finds the rest of them; it would rather miss a rarity than accuse ES5. */
  function es6Features(code) {
    const tokens = tokenize(code, () => true)
      .filter((token) => token.kind !== 'space' && token.kind !== 'comment');
    const found = new Set();
    const open = [];
    tokens.forEach((token, index) => {
      const before = tokens[index - 1] || { kind: 'start', text: '' };
      const after = tokens[index + 1] || { kind: 'end', text: '' };
      const inside = open[open.length - 1];
      const feature = es6Token(token, before, after) || es6InBracket(token, before, after, inside);
      if (feature) found.add(feature);
      if ('([{'.includes(token.text) && token.kind === 'punctuation') {
        open.push(bracketRole(token, tokens, index, inside));
      } else if (')]}'.includes(token.text) && token.kind === 'punctuation') {
        open.pop();
      }
    });
    return Array.from(found);
  }

  function es6Token(token, before, after) {
    const text = token.text;
    switch (token.kind) {
      case 'template': return 'template literal';
      case 'number': return /^0[bo]|_|n$/i.test(text) ? 'number literal' : null;
      case 'regex': return /[uysd]/.test(text.slice(text.lastIndexOf('/'))) ? 'regex flag' : null;
      case 'punctuation': return own(NEW_PUNCTUATION, text) ? NEW_PUNCTUATION[text] : null;
      case 'word': return es6Word(text, before, after);
      default: return null;
    }
  }

  function es6Word(text, before, after) {
    if (before.text === '.' || after.text === ':') return null; // a property, not a keyword
    if (own(NEW_WORDS, text)) return NEW_WORDS[text];
    const opensName = after.kind === 'word' || after.text === '{' || after.text === '[';
    if ((text === 'let' || text === 'const') && opensName) return text;
    if (text === 'var' && (after.text === '{' || after.text === '[')) return 'destructuring';
    if (text === 'async' && after.text === 'function') return 'async function';
    if (text === 'await' && after.kind === 'word') return 'await';
    if (text === 'function' && after.text === '*') return 'generator';
    if (text === 'catch' && after.text === '{') return 'catch without a parameter';
    return null;
  }

  function es6InBracket(token, before, after, inside) {
    if (inside === 'params' && ['=', '{', '['].includes(token.text)) return 'parameter pattern';
    if (inside === 'for' && token.text === 'of' && before.kind === 'word' && after.text !== ';') {
      return 'for…of';
    }
    if (inside !== 'object' || (before.text !== '{' && before.text !== ',')) return null;
    if (token.text === '[') return 'computed key';
    if (token.kind === 'word' && after.text === '(') return 'shorthand method';
    if (token.kind === 'word' && (after.text === ',' || after.text === '}')) {
      return 'shorthand property';
    }
    return null;
  }

  function bracketRole(token, tokens, index, inside) {
    const word = (back) => (tokens[index - back] || { text: '' }).text;
    if (token.text === '(') {
      if (word(1) === 'function' || word(2) === 'function') return 'params';
      return word(1) === 'for' ? 'for' : 'group';
    }
    if (token.text === '[') return 'array';
    const opensValue = ['(', ',', '=', '[', '?', '&&', '||', '!', 'return', '+', 'typeof'];
    if (opensValue.includes(word(1))) return 'object';
    return word(1) === ':' && inside === 'object' ? 'object' : 'block';
  }

  /* The parser's own complaint about a script, or null. */
  function syntaxProblem(code) {
    const parts = compileCode(code, () => true);
    const text = parts.map((part) => {
      if (part.name === undefined) return part.text;
      return part.context === 'live' ? 'undefined' : 'x';
    }).join('');
    try {
      new Function(text); // eslint-disable-line no-new-func
      return null;
    } catch (error) {
      return error instanceof SyntaxError ? error.message : null; // a CSP may forbid the check
    }
  }

  // ------------------------------------------------------------------ URLs

  function parseUrl(text) {
    try {
      return new URL(String(text), window.location.href);
    } catch (error) {
      return null;
    }
  }

  /* A component as a URL variable gives it (measured 3 and 4). */
  function urlComponent(source, component, settings) {
    const url = parseUrl(source);
    if (!url) return undefined;
    const path = url.pathname.startsWith('/') ? url.pathname : `/${url.pathname}`;
    switch (component) {
      case 'PROTOCOL': return url.protocol.replace(/:$/, '');
      case 'HOST': {
        const host = url.hostname.toLowerCase();
        return isTrue(settings.stripWww) ? host.replace(/^www\d*\./, '') : host;
      }
      case 'PORT': return url.port || { 'http:': '80', 'https:': '443' }[url.protocol] || '';
      case 'PATH': return withoutDefaultPage(path, settings.defaultPages);
      case 'QUERY': return settings.queryKey ? queryValue(url.search, settings.queryKey)
        : url.search.replace(/^\?/, '');
      case 'FRAGMENT': return url.hash.replace(/^#/, '');
      case 'EXTENSION': {
        const file = path.split('/').pop();
        return file.includes('.') ? file.split('.').pop().split('/')[0] : '';
      }
      default: return url.href.split('#')[0];
    }
  }

  function withoutDefaultPage(path, pages) {
    const parts = path.split('/');
    if ((pages || []).includes(parts[parts.length - 1])) parts[parts.length - 1] = '';
    return parts.join('/');
  }

  function queryValue(search, key) {
    const pairs = search.replace(/^\?/, '').split('&').map((pair) => pair.split('='));
    const found = pairs.find(([name]) => decodeQuery(name) === key);
    return found && decodeQuery(found.slice(1).join('='));
  }

  function decodeQuery(text) {
    try {
      return decodeURIComponent(text.replace(/\+/g, ' '));
    } catch (error) {
      return text;
    }
  }

  // ------------------------------------------------------------------ variables

  /* Built-in variables by type: [variable type, its parameters] (measured 3). */
  const flatRead = (name) => ['v', { name, dataLayerVersion: '1' }];
  const BUILT_INS = {
    PAGE_URL: ['u', { component: 'URL' }],
    PAGE_HOSTNAME: ['u', { component: 'HOST' }],
    PAGE_PATH: ['u', { component: 'PATH' }],
    REFERRER: ['f', { component: 'URL' }],
    EVENT: ['e', {}],
    CLICK_ELEMENT: flatRead('gtm.element'),
    CLICK_CLASSES: flatRead('gtm.elementClasses'),
    CLICK_ID: flatRead('gtm.elementId'),
    CLICK_TARGET: flatRead('gtm.elementTarget'),
    CLICK_URL: flatRead('gtm.elementUrl'),
    CLICK_TEXT: ['aev', { varType: 'TEXT' }],
    FORM_ELEMENT: flatRead('gtm.element'),
    FORM_CLASSES: flatRead('gtm.elementClasses'),
    FORM_ID: flatRead('gtm.elementId'),
    FORM_TARGET: flatRead('gtm.elementTarget'),
    FORM_URL: flatRead('gtm.elementUrl'),
    FORM_TEXT: ['aev', { varType: 'TEXT' }],
    ERROR_MESSAGE: flatRead('gtm.errorMessage'),
    ERROR_URL: flatRead('gtm.errorUrl'),
    ERROR_LINE: flatRead('gtm.errorLineNumber'),
    NEW_HISTORY_URL: flatRead('gtm.newUrl'),
    OLD_HISTORY_URL: flatRead('gtm.oldUrl'),
    NEW_HISTORY_FRAGMENT: flatRead('gtm.newUrlFragment'),
    OLD_HISTORY_FRAGMENT: flatRead('gtm.oldUrlFragment'),
    NEW_HISTORY_STATE: flatRead('gtm.newHistoryState'),
    OLD_HISTORY_STATE: flatRead('gtm.oldHistoryState'),
    HISTORY_SOURCE: flatRead('gtm.historyChangeSource'),
    SCROLL_DEPTH_THRESHOLD: flatRead('gtm.scrollThreshold'),
    SCROLL_DEPTH_UNITS: flatRead('gtm.scrollUnits'),
    SCROLL_DEPTH_DIRECTION: flatRead('gtm.scrollDirection'),
    ELEMENT_VISIBILITY_RATIO: flatRead('gtm.visibleRatio'),
    ELEMENT_VISIBILITY_TIME: flatRead('gtm.visibleTime'),
    ELEMENT_VISIBILITY_FIRST_TIME: flatRead('gtm.visibleFirstTime'),
    ELEMENT_VISIBILITY_RECENT_TIME: flatRead('gtm.visibleLastTime'),
    VIDEO_PROVIDER: flatRead('gtm.videoProvider'),
    VIDEO_URL: flatRead('gtm.videoUrl'),
    VIDEO_TITLE: flatRead('gtm.videoTitle'),
    VIDEO_DURATION: flatRead('gtm.videoDuration'),
    VIDEO_PERCENT: flatRead('gtm.videoPercent'),
    VIDEO_VISIBLE: flatRead('gtm.videoVisible'),
    VIDEO_STATUS: flatRead('gtm.videoStatus'),
    VIDEO_CURRENT_TIME: flatRead('gtm.videoCurrentTime'),
    CONTAINER_ID: ['cid', {}],
    CONTAINER_VERSION: ['ctv', {}],
    DEBUG_MODE: ['dbg', {}],
    RANDOM_NUMBER: ['r', {}],
    HTML_ID: ['hid', {}],
    ENVIRONMENT_NAME: ['ev', {}],
  };

  class Variables {
    constructor(runtime, version) {
      this.runtime = runtime;
      this.byName = new Map([['_event', { name: '_event', type: 'e', settings: {} }]]);
      (version.builtInVariable || []).forEach((entity) => this.addBuiltIn(entity));
      (version.variable || []).forEach((entity) => {
        const { name, type, formatValue } = entity;
        this.byName.set(name, { name, type, formatValue, settings: parametersOf(entity) });
        if (!own(READERS, type)) runtime.recorder.uncovered('variable', entity);
      });
      this.inProgress = new Set();
      this.live = [];
      this.isKnown = (name) => this.byName.has(name);
    }

    addBuiltIn(entity) {
      const [type, settings] = BUILT_INS[entity.type] || ['', {}];
      if (!type) this.runtime.recorder.uncovered('variable', entity);
      this.byName.set(entity.name, { name: entity.name, type, settings });
    }

    /* The value now; nothing is cached (measured 4). A variable inside itself is undefined. */
    value(name) {
      const variable = this.byName.get(name);
      if (!variable || this.inProgress.has(name)) return undefined;
      this.inProgress.add(name);
      try {
        return this.format(this.read(variable), variable.formatValue || {});
      } finally {
        this.inProgress.delete(name);
      }
    }

    read(variable) {
      const reader = READERS[variable.type];
      if (!reader) return undefined;
      try {
        return reader(this.runtime, variable.settings, this, variable);
      } catch (error) {
        this.runtime.recorder.error('variable', variable.name, error);
        return variable.type === 'jsm' ? undefined : false; // measured 4
      }
    }

    /* One bare reference keeps its type; in mixed text undefined and null are empty. */
    text(template) {
      if (typeof template !== 'string' || !template.includes('{{')) return template;
      const single = SINGLE_REFERENCE.exec(template);
      if (single && this.isKnown(single[1])) return this.value(single[1]);
      return splitReferences(template, this.isKnown)
        .map((part) => (part.name === undefined ? part.text : this.value(part.name))).join('');
    }

    /* Settings with every text resolved, lists and rows included. */
    resolve(settings) {
      if (Array.isArray(settings)) return settings.map((item) => this.resolve(item));
      if (!isPlainObject(settings)) return this.text(settings);
      const resolved = {};
      Object.keys(settings).forEach((key) => { resolved[key] = this.resolve(settings[key]); });
      return resolved;
    }

    /* A script ready to run: unquoted references are live, quoted ones are text (measured 9). */
    code(parts) {
      return parts.map((part) => {
        if (part.name === undefined) return part.text;
        if (part.context === 'live') return this.liveReference(part.name);
        const value = this.value(part.name);
        if (part.context === 'regex') return escapeForRegex(value);
        return part.context === 'comment' ? '' : escapeForString(value);
      }).join('');
    }

    liveReference(name) {
      if (!this.live.includes(name)) this.live.push(name);
      const id = JSON.stringify(this.runtime.publicId);
      return `google_tag_manager["rm"][${id}](${this.live.indexOf(name)})`;
    }

    format(value, rules) {
      let result = value;
      if (typeof result === 'string') {
        if (rules.caseConversionType === 'LOWERCASE') result = result.toLowerCase();
        if (rules.caseConversionType === 'UPPERCASE') result = result.toUpperCase();
      }
      const convert = (rule) => { result = this.text(rule.value === undefined ? '' : rule.value); };
      if (rules.convertNullToValue && result === null) convert(rules.convertNullToValue);
      if (rules.convertUndefinedToValue && result === undefined) {
        convert(rules.convertUndefinedToValue);
      }
      if (rules.convertTrueToValue && result === true) convert(rules.convertTrueToValue);
      if (rules.convertFalseToValue && result === false) convert(rules.convertFalseToValue);
      return rules.convertToNumber ? toNumber(result, rules.convertToNumber) : result;
    }
  }

  /* "1,234.50" with PERIOD -> 1234.5; a text that is no number stays (not measured). */
  function toNumber(value, separator) {
    if (typeof value !== 'string') return value;
    const lastComma = value.lastIndexOf(',') > value.lastIndexOf('.');
    const comma = separator === 'COMMA' || (separator === 'AUTOMATIC' && lastComma);
    const plain = comma ? value.replace(/[.\s]/g, '').replace(',', '.')
      : value.replace(/[,\s]/g, '');
    return plain === '' || Number.isNaN(Number(plain)) ? value : Number(plain);
  }

  const orDefault = (value, settings, variables) => (
    value === undefined && isTrue(settings.setDefaultValue)
      ? variables.text(settings.defaultValue === undefined ? '' : settings.defaultValue) : value);

  function rowsToObject(rows, variables, key = 'parameter', value = 'parameterValue') {
    const object = {};
    (rows || []).forEach((row) => {
      object[variables.text(row[key])] = variables.text(row[value]);
    });
    return object;
  }

  const READERS = {
    c: (runtime, settings, variables) => variables.text(settings.value),
    v: (runtime, settings, variables) => {
      const name = String(variables.text(settings.name));
      const version = Number(settings.dataLayerVersion || 2);
      return orDefault(runtime.model.get(name, version), settings, variables);
    },
    k: (runtime, settings, variables) => readCookie(
      variables.text(settings.name), isTrue(settings.decodeCookie)),
    u: (runtime, settings, variables) => {
      const given = settings.customUrlSource && variables.text(settings.customUrlSource);
      const source = given || runtime.model.get('gtm.url', 1) || window.location.href;
      return urlComponent(source, settings.component, variables.resolve(settings));
    },
    f: (runtime, settings) => (document.referrer
      ? urlComponent(document.referrer, settings.component || 'URL', settings) : ''),
    j: (runtime, settings, variables) => readGlobal(variables.text(settings.name)),
    jsm: (runtime, settings, variables, variable) => {
      if (!variable.parts) variable.parts = compileCode(settings.javascript, variables.isKnown);
      return (0, window.eval)(`(${variables.code(variable.parts)}\n)();`);
    },
    d: (runtime, settings, variables) => readElement(variables.resolve(settings)),
    aev: readAutoEvent,
    smm: (runtime, settings, variables) => {
      const table = rowsToObject(settings.map, variables, 'key', 'value');
      const input = String(variables.text(settings.input));
      return orDefault(own(table, input) ? table[input] : undefined, settings, variables);
    },
    remm: readRegexTable,
    e: (runtime) => runtime.model.get('event', 1),
    cid: (runtime) => runtime.publicId,
    ctv: (runtime) => runtime.version.containerVersionId,
    dbg: (runtime) => Boolean(runtime.options.debug),
    r: () => Math.floor(Math.random() * 2147483648),
    ev: (runtime) => runtime.options.environment || '',
    hid: (runtime) => runtime.htmlId,
    uv: () => undefined,
    gtcs: (runtime, settings, variables) => rowsToObject(settings.configSettingsTable, variables),
    gtes: (runtime, settings, variables) => {
      const event = rowsToObject(settings.eventSettingsTable, variables);
      if (settings.userProperties) {
        event.user_properties = rowsToObject(settings.userProperties, variables, 'name', 'value');
      }
      return event;
    },
  };

  function readCookie(name, decode) {
    const pairs = document.cookie.split(';').map((pair) => pair.trim().split('='));
    const found = pairs.find(([key]) => key === name);
    if (!found) return undefined;
    const value = found.slice(1).join('=');
    return decode ? decodeQuery(value.replace(/\+/g, '%2B')) : value;
  }

  function readGlobal(path) {
    let value = window;
    for (const part of String(path).split('.')) {
      if (value === undefined || value === null) return undefined;
      value = value[part];
    }
    return value;
  }

  /* Always a trimmed text; what is missing is the text "null" (measured 4). */
  function readElement(settings) {
    const element = settings.selectorType === 'ID' ? document.getElementById(settings.elementId)
      : document.querySelector(settings.elementSelector);
    let value = null;
    if (element) {
      value = settings.attributeName ? element.getAttribute(settings.attributeName)
        : element.textContent;
    }
    return String(value).trim();
  }

  function readAutoEvent(runtime, settings, variables) {
    const read = (key) => runtime.model.get(`gtm.${key}`, 1);
    const element = read('element');
    switch (settings.varType) {
      case 'ELEMENT': return orDefault(element, settings, variables);
      case 'CLASSES': return orDefault(read('elementClasses'), settings, variables);
      case 'ID': return orDefault(read('elementId'), settings, variables);
      case 'TARGET': return orDefault(read('elementTarget'), settings, variables);
      case 'TEXT': {
        return orDefault(element ? visibleText(element) : undefined, settings, variables);
      }
      case 'ATTRIBUTE': {
        const name = variables.text(settings.attribute);
        const value = element && element.getAttribute ? element.getAttribute(name) : null;
        if (value !== null) return value;
        const fallback = orDefault(undefined, settings, variables);
        return fallback === undefined ? '' : fallback;
      }
      case 'URL': {
        const url = read('elementUrl');
        if (!url || !settings.component || settings.component === 'URL') {
          return orDefault(url, settings, variables);
        }
        return urlComponent(url, settings.component, variables.resolve(settings));
      }
      default: return orDefault(undefined, settings, variables);
    }
  }

  function visibleText(element) {
    const text = element.innerText === undefined ? element.textContent : element.innerText;
    return String(text || '').replace(/\s+/g, ' ').trim();
  }

  function readRegexTable(runtime, settings, variables) {
    const input = String(variables.text(settings.input));
    const flags = isTrue(settings.ignoreCase) ? 'gi' : 'g';
    for (const row of settings.map || []) {
      const key = String(variables.text(row.key));
      // measured 4: no group around the pattern, so "a|b" becomes "^a|b$"
      const pattern = new RegExp(isTrue(settings.fullMatch) ? `^${key}$` : key, flags);
      if (input.search(pattern) >= 0) {
        const value = variables.text(row.value);
        return isTrue(settings.replaceAfterMatch) ? input.replace(pattern, value) : value;
      }
    }
    return orDefault(undefined, settings, variables);
  }

  // ------------------------------------------------------------------ conditions

  /* measured 5; each takes the two values and answers yes or no, or throws */
  const PREDICATES = {
    EQUALS: (a, b) => String(a) === String(b),
    CONTAINS: (a, b) => String(a).includes(String(b)),
    STARTS_WITH: (a, b) => String(a).startsWith(String(b)),
    ENDS_WITH: (a, b) => String(a).endsWith(String(b)),
    MATCH_REGEX: (a, b, ignoreCase) => {
      try {
        return new RegExp(String(b), ignoreCase ? 'i' : undefined).test(String(a));
      } catch (error) {
        return false; // a bad pattern never matches
      }
    },
    GREATER: (a, b) => Number(a) > Number(b),
    GREATER_OR_EQUALS: (a, b) => Number(a) >= Number(b),
    LESS: (a, b) => Number(a) < Number(b),
    LESS_OR_EQUALS: (a, b) => Number(a) <= Number(b),
    CSS_SELECTOR: (element, selector) => {
      try {
        return Boolean(element && element.matches && element.matches(String(selector)));
      } catch (error) {
        return false;
      }
    },
    URL_MATCHES: (a, b) => {
      const [left, right] = [parseUrl(a), parseUrl(b)];
      const key = (url) => `${url.protocol}//${url.host}${url.pathname}`.toLowerCase();
      return Boolean(left && right) && key(left) === key(right);
    },
  };

  class Conditions {
    constructor(runtime) {
      this.runtime = runtime;
      this.cache = new Map();
    }

    /* Conditions are evaluated once per event, variables at every reference (measured 4). */
    forget() {
      this.cache.clear();
    }

    /* null when all hold; otherwise the first that does not, `broken` when it threw. */
    firstFailure(conditions) {
      for (const condition of conditions || []) {
        const settings = parametersOf(condition);
        const negate = isTrue(settings.negate);
        const result = this.evaluate(condition.type, settings);
        if (result.broken || result.holds === negate) {
          return {
            variable: settings.arg0, operator: condition.type, wanted: portable(result.wanted),
            actual: portable(result.actual), negate, broken: Boolean(result.broken),
          };
        }
      }
      return null;
    }

    evaluate(type, settings) {
      const key = JSON.stringify([type, settings.arg0, settings.arg1, settings.ignore_case]);
      if (!this.cache.has(key)) this.cache.set(key, this.compute(type, settings));
      return this.cache.get(key);
    }

    compute(type, settings) {
      try {
        const { variables } = this.runtime;
        const actual = variables.text(settings.arg0);
        const wanted = variables.text(settings.arg1);
        const holds = PREDICATES[type](actual, wanted, isTrue(settings.ignore_case));
        return { holds, actual, wanted };
      } catch (error) {
        this.runtime.recorder.error('condition', type, error);
        return { broken: true };
      }
    }
  }

  // ------------------------------------------------------------------ triggers

  const ALL_PAGES = {
    2147479553: { triggerId: '2147479553', name: 'All Pages', type: 'PAGEVIEW' },
    2147479573: { triggerId: '2147479573', name: 'Initialization - All Pages', type: 'INIT' },
    2147479572: {
      triggerId: '2147479572', name: 'Consent Initialization - All Pages', type: 'CONSENT_INIT',
    },
  };

  // The event of each trigger type, and whether the event names its triggers in gtm.triggers.
  const TRIGGER_EVENTS = {
    PAGEVIEW: { event: 'gtm.js' },
    DOM_READY: { event: 'gtm.dom' },
    WINDOW_LOADED: { event: 'gtm.load' },
    INIT: { event: 'gtm.init' },
    CONSENT_INIT: { event: 'gtm.init_consent' },
    CUSTOM_EVENT: { event: null },
    CLICK: { event: 'gtm.click' },
    LINK_CLICK: { event: 'gtm.linkClick', byId: true },
    FORM_SUBMISSION: { event: 'gtm.formSubmit', byId: true },
    ELEMENT_VISIBILITY: { event: 'gtm.elementVisibility', byId: true },
    SCROLL_DEPTH: { event: 'gtm.scrollDepth', byId: true },
    TIMER: { event: 'gtm.timer', byId: true },
    HISTORY_CHANGE: { event: 'gtm.historyChange' },
    JS_ERROR: { event: 'gtm.pageError' },
    TRIGGER_GROUP: { event: 'gtm.triggerGroup', byId: true },
    YOU_TUBE_VIDEO: { event: 'gtm.video', byId: true },
  };

  class Triggers {
    constructor(runtime, version) {
      this.runtime = runtime;
      this.byId = new Map();
      (version.trigger || []).forEach((trigger) => this.byId.set(trigger.triggerId, trigger));
      const used = new Set();
      (version.tag || []).forEach((tag) => {
        (tag.firingTriggerId || []).concat(tag.blockingTriggerId || []).forEach((id) => {
          this.use(id, used, tag);
        });
      });
      this.used = Array.from(used, (id) => this.find(id));
      this.groups = this.used.filter((trigger) => trigger.type === 'TRIGGER_GROUP')
        .map((trigger) => ({ trigger, missing: new Set(membersOf(trigger)), fired: false }));
    }

    use(id, used, tag) {
      const trigger = this.find(id);
      if (!trigger) {
        this.runtime.recorder.error('reference', tag.name, `no trigger with id ${id}`);
        return;
      }
      if (used.has(id)) return;
      used.add(id);
      if (!own(TRIGGER_EVENTS, trigger.type)) this.runtime.recorder.uncovered('trigger', trigger);
      if (trigger.type === 'TRIGGER_GROUP') {
        membersOf(trigger).forEach((member) => this.use(member, used, tag));
      }
    }

    find(id) {
      return this.byId.get(id) || ALL_PAGES[id];
    }

    /* What each used trigger says to the event: [{id, name, type, matched, failed}]. */
    evaluate(eventName) {
      return this.used.map((trigger) => {
        const failed = this.failure(trigger, eventName);
        return {
          id: trigger.triggerId, name: trigger.name, type: trigger.type, matched: !failed, failed,
        };
      });
    }

    failure(trigger, eventName) {
      const rule = TRIGGER_EVENTS[trigger.type];
      const { conditions } = this.runtime;
      if (!rule) return { variable: '{{_event}}', operator: 'unsupported', wanted: trigger.type };
      if (rule.event) {
        const wanted = trigger.type === 'TIMER' ? timerEvent(trigger) : rule.event;
        if (eventName !== wanted) return otherEvent(eventName, wanted);
        if (rule.byId && !this.isNamed(trigger)) {
          return { variable: 'gtm.triggers', operator: 'listener', wanted: this.key(trigger) };
        }
      }
      return conditions.firstFailure(trigger.customEventFilter)
        || conditions.firstFailure(trigger.filter);
    }

    key(trigger) {
      return `${this.runtime.version.containerId}_${trigger.triggerId}`;
    }

    /* measured 10: gtm.triggers is empty, or lists this trigger */
    isNamed(trigger) {
      const listed = this.runtime.model.get('gtm.triggers', 1);
      if (listed === undefined || listed === '') return true;
      return String(listed).split(',').includes(this.key(trigger));
    }

    /* A group fires once per page, after the event in which its last member fired. */
    countGroups(results) {
      this.groups.forEach((group) => {
        results.forEach((result) => { if (result.matched) group.missing.delete(result.id); });
        if (group.missing.size || group.fired) return;
        group.fired = true;
        this.runtime.later(() => this.runtime.push({
          event: 'gtm.triggerGroup', 'gtm.triggers': this.key(group.trigger),
        }));
      });
    }
  }

  const membersOf = (trigger) => parametersOf(trigger).triggerIds || [];
  const timerEvent = (trigger) => (trigger.eventName && trigger.eventName.value) || 'gtm.timer';

  function otherEvent(actual, wanted) {
    return {
      variable: '{{_event}}', operator: 'EQUALS', wanted, actual, negate: false, broken: false,
    };
  }

  // ------------------------------------------------------------------ listeners

  /* The data of an automatic event about an element (measured 3). */
  function elementData(event, element, triggerKeys) {
    const data = {
      event,
      'gtm.element': element,
      'gtm.elementClasses': svgText(element.className) || '',
      'gtm.elementId': attribute(element, 'id'),
      'gtm.elementTarget': element.formTarget || svgText(element.target) || '',
      'gtm.elementUrl': elementUrl(element),
    };
    if (triggerKeys) data['gtm.triggers'] = triggerKeys.join(',');
    return data;
  }

  const svgText = (value) => (value && typeof value.animVal === 'string' ? value.animVal : value);
  const attribute = (element, name) => (element.getAttribute && element.getAttribute(name)) || '';

  /* measured 3: the first of these attributes, made absolute; '' when there is none */
  function elementUrl(element) {
    const names = ['formaction', 'action', 'href', 'src', 'code', 'codebase'];
    const found = names.map((name) => attribute(element, name) || svgHref(element, name))
      .find((value) => value);
    if (found === undefined) return '';
    const url = parseUrl(found);
    return url ? url.href : found;
  }

  const svgHref = (element, name) => (
    name === 'href' && element.getAttribute ? element.getAttribute('xlink:href') || '' : '');

  class Listeners {
    constructor(runtime) {
      this.runtime = runtime;
      this.links = [];
      this.forms = [];
      this.thresholds = new Map();
    }

    /* The pseudo-tags that start listening: {trigger, event, start}. */
    tags() {
      return this.runtime.triggers.used
        .filter((trigger) => STARTERS[trigger.type])
        .map((trigger) => ({
          trigger,
          event: startEvent(trigger),
          start: () => STARTERS[trigger.type](this, trigger, this.runtime.triggers.key(trigger)),
        }));
    }

    push(message) {
      return this.runtime.push(message);
    }

    startOnce(name, start) {
      if (this[name]) return;
      this[name] = true;
      start();
    }
  }

  function startEvent(trigger) {
    if (trigger.type !== 'SCROLL_DEPTH') return 'gtm.js';
    const option = parametersOf(trigger).triggerStartOption;
    return { DOM_READY: 'gtm.dom', WINDOW_LOAD: 'gtm.load' }[option] || 'gtm.js';
  }

  const STARTERS = {
    CLICK: listenToClicks,
    LINK_CLICK: listenToLinks,
    FORM_SUBMISSION: listenToForms,
    ELEMENT_VISIBILITY: listenToVisibility,
    SCROLL_DEPTH: listenToScroll,
    TIMER: listenToTimer,
    HISTORY_CHANGE: listenToHistory,
    JS_ERROR: listenToErrors,
  };

  /* Capture: the page's stopPropagation and preventDefault do not matter (measured 10). */
  function listenToClicks(listeners) {
    listeners.startOnce('clicks', () => {
      document.addEventListener('click', (event) => {
        const target = event.target.nodeType === 3 ? event.target.parentNode : event.target;
        if (target.nodeType === 1) listeners.push(elementData('gtm.click', target));
      }, true);
    });
  }

  function waitSettings(trigger, key) {
    const timeout = trigger.waitForTagsTimeout && Number(trigger.waitForTagsTimeout.value);
    return {
      key,
      waits: Boolean(trigger.waitForTags && isTrue(trigger.waitForTags.value)),
      validates: Boolean(trigger.checkValidation && isTrue(trigger.checkValidation.value)),
      timeout: timeout || 2000,
    };
  }

  /* Bubble: a page that stops propagation hides the click (measured 10). */
  function listenToLinks(listeners, trigger, key) {
    listeners.links.push(waitSettings(trigger, key));
    listeners.startOnce('linkClicks', () => {
      const handle = (event) => {
        if (event.button !== 2) onLinkClick(listeners, event);
      };
      document.addEventListener('click', handle);
      document.addEventListener('auxclick', handle);
    });
  }

  function onLinkClick(listeners, event) {
    const link = nearestLink(event.target);
    if (!link) return;
    const interested = listeners.links.filter((item) => !item.validates || !event.defaultPrevented);
    if (!interested.length) return;
    const message = elementData('gtm.linkClick', link, interested.map((item) => item.key));
    const waiting = interested.filter((item) => item.waits);
    if (!waiting.length || event.defaultPrevented || !leavesThisPage(link, event)) {
      listeners.push(message);
      return;
    }
    const goOn = () => { window.location.href = link.href; };
    if (holdBack(listeners, message, longest(waiting), goOn)) event.preventDefault();
  }

  const longest = (items) => Math.max(...items.map((item) => item.timeout));

  function nearestLink(node) {
    let element = node;
    for (let level = 0; element && level <= 100; level += 1) {
      if (/^(a|area)$/i.test(element.tagName || '')) return element;
      element = element.parentElement;
    }
    return null;
  }

  /* measured 10: only then is there a navigation to wait with */
  function leavesThisPage(link, event) {
    const href = attribute(link, 'href');
    if (!href || href.startsWith('#') || event.button !== 0) return false;
    if (event.ctrlKey || event.shiftKey || event.altKey || event.metaKey) return false;
    if (link.target && !/^_(self|parent|top)$/i.test(link.target)) return false;
    return /^(https?|file|javascript):$/.test(link.protocol || '');
  }

  /* Pushes; true when tags still run, and then `goOn` is called after them or the timeout. */
  function holdBack(listeners, message, timeout, goOn) {
    let held = false;
    let finished = false;
    message.eventCallback = once(() => {
      finished = true;
      if (held) goOn();
    });
    message.eventTimeout = timeout;
    held = listeners.push(message) === false;
    if (held && finished) goOn();
    return held;
  }

  function listenToForms(listeners, trigger, key) {
    listeners.forms.push(waitSettings(trigger, key));
    listeners.startOnce('formSubmits', () => {
      document.addEventListener('submit', (event) => onSubmit(listeners, event));
      const native = HTMLFormElement.prototype.submit;
      listeners.nativeSubmit = native;
      HTMLFormElement.prototype.submit = function () {
        const submit = () => native.call(this);
        if (!onScriptedSubmit(listeners, this, submit)) submit();
      };
    });
  }

  // Meta's pixel posts long events through a form; Google's listener leaves those alone.
  const isPixelForm = (form) => /facebook\.com\/tr\b/.test(attribute(form, 'action'));

  function formMessage(form, items, canceled) {
    const message = elementData('gtm.formSubmit', form, items.map((item) => item.key));
    message['gtm.formCanceled'] = canceled;
    return message;
  }

  function onSubmit(listeners, event) {
    const form = event.target;
    if (isPixelForm(form)) return;
    const canceled = event.defaultPrevented;
    const interested = listeners.forms.filter((item) => !item.validates || !canceled);
    if (!interested.length) return;
    const message = formMessage(form, interested, canceled);
    if (event.submitter && event.submitter.formTarget) {
      message['gtm.elementTarget'] = event.submitter.formTarget;
    }
    const waiting = interested.filter((item) => item.waits);
    if (!waiting.length || canceled) {
      listeners.push(message);
      return;
    }
    const goOn = () => {
      carrySubmitter(form, event.submitter);
      listeners.nativeSubmit.call(form);
    };
    if (holdBack(listeners, message, longest(waiting), goOn)) event.preventDefault();
  }

  /* form.submit() sends no button; the one that was pressed goes along as a hidden field. */
  function carrySubmitter(form, button) {
    if (!button || !button.name) return;
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = button.name;
    field.value = button.value;
    form.appendChild(field);
  }

  function onScriptedSubmit(listeners, form, submit) {
    if (isPixelForm(form)) return false;
    const message = formMessage(form, listeners.forms, false);
    const waiting = listeners.forms.filter((item) => item.waits);
    if (waiting.length) return holdBack(listeners, message, longest(waiting), submit);
    listeners.push(message);
    return false;
  }

  function listenToVisibility(listeners, trigger, key) {
    if (!window.IntersectionObserver) return;
    new VisibilityWatch(listeners, trigger, key).start();
  }

  class VisibilityWatch {
    constructor(listeners, trigger, key) {
      const settings = listeners.runtime.variables.resolve(parametersOf(trigger));
      this.listeners = listeners;
      this.key = key;
      this.settings = settings;
      this.ratio = Math.min(Math.max(Number(settings.onScreenRatio || 50), 0), 100) / 100;
      this.duration = isTrue(settings.useOnScreenDuration)
        ? Number(settings.onScreenDuration) || 0 : 0;
      this.elements = new Map();
      this.finished = false;
    }

    start() {
      this.observer = new IntersectionObserver(
        (entries) => entries.forEach((entry) => this.see(entry)),
        { threshold: [0, this.ratio] });
      this.collect();
      if (!isTrue(this.settings.useDomChangeListener)) return;
      // measured 10: new nodes count, changed attributes and classes do not
      new MutationObserver(() => this.collect())
        .observe(document.body || document.documentElement, { childList: true, subtree: true });
    }

    collect() {
      this.select().forEach((element) => {
        if (this.elements.has(element)) return;
        this.elements.set(element, { shown: false, total: 0, fired: false });
        this.observer.observe(element);
      });
    }

    select() {
      if (this.settings.selectorType === 'ID') {
        const element = document.getElementById(this.settings.elementId);
        return element ? [element] : [];
      }
      try {
        return Array.from(document.querySelectorAll(this.settings.elementSelector));
      } catch (error) {
        return [];
      }
    }

    see(entry) {
      const state = this.elements.get(entry.target);
      const wasShown = state.shown;
      state.ratio = entry.intersectionRatio;
      state.shown = entry.isIntersecting && entry.intersectionRatio >= this.ratio
        && isRendered(entry.target);
      if (!state.shown) {
        this.pause(state);
      } else if (!wasShown) {
        if (this.duration) this.countTime(entry.target, state);
        else this.fire(entry.target, state);
      }
    }

    /* On-screen time adds up over visits, in steps of 100 ms (measured 10). */
    countTime(element, state) {
      if (state.timer || (state.fired && !this.repeats())) return;
      if (state.fired) state.total = 0;
      state.timer = window.setInterval(() => {
        if (!isRendered(element)) return;
        state.total += 100;
        if (state.total >= this.duration) {
          this.pause(state);
          this.fire(element, state);
        }
      }, 100);
    }

    pause(state) {
      window.clearInterval(state.timer);
      state.timer = 0;
    }

    repeats() {
      return this.settings.firingFrequency === 'MANY_PER_ELEMENT';
    }

    fire(element, state) {
      const perPage = !this.repeats() && this.settings.firingFrequency !== 'ONCE_PER_ELEMENT';
      if (this.finished || (state.fired && !this.repeats())) return;
      state.fired = true;
      this.finished = perPage;
      const now = Date.now();
      state.first = state.first || now;
      const message = elementData('gtm.elementVisibility', element, [this.key]);
      message['gtm.visibleRatio'] = Math.round(state.ratio * 1000) / 10;
      message['gtm.visibleTime'] = Math.max(state.total, 1);
      message['gtm.visibleFirstTime'] = state.first;
      message['gtm.visibleLastTime'] = now;
      this.mark(element, state, now);
      this.listeners.push(message);
    }

    mark(element, state, now) {
      const set = (name, value) => {
        element.setAttribute(`data-gtm-vis-${name}-${this.key}`, String(value));
      };
      set('first-on-screen', state.first);
      set('recent-on-screen', now);
      set('total-visible-time', state.total);
      set('has-fired', 1);
    }
  }

  function isRendered(element) {
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height) return false;
    if (window.getComputedStyle(element).visibility === 'hidden') return false;
    for (let node = element; node && node.nodeType === 1; node = node.parentElement) {
      const style = window.getComputedStyle(node);
      if (style.display === 'none' || style.opacity === '0') return false;
    }
    return true;
  }

  function listenToScroll(listeners, trigger, key) {
    const settings = listeners.runtime.variables.resolve(parametersOf(trigger));
    ['vertical', 'horizontal'].forEach((direction) => {
      if (!isTrue(settings[`${direction}ThresholdOn`])) return;
      const units = settings[`${direction}ThresholdUnits`] === 'PIXELS' ? 'pixels' : 'percent';
      const list = settings[`${direction}Thresholds${units === 'pixels' ? 'Pixels' : 'Percent'}`];
      String(list || '').split(',').map(Number).filter((number) => number >= 0)
        .forEach((threshold) => addThreshold(listeners, { direction, units, threshold }, key));
    });
    listeners.startOnce('scrolls', () => {
      window.addEventListener('scroll', () => checkScroll(listeners), { passive: true });
      window.addEventListener('resize', () => checkScroll(listeners));
    });
    listeners.runtime.later(() => checkScroll(listeners));
  }

  /* Triggers that share a threshold share its event. */
  function addThreshold(listeners, mark, key) {
    const name = `${mark.direction} ${mark.threshold} ${mark.units}`;
    const entry = listeners.thresholds.get(name) || { mark, keys: [], fired: false };
    entry.keys.push(key);
    listeners.thresholds.set(name, entry);
  }

  /* Depth counts what the viewport shows, so a short page is "scrolled" at once (measured 10). */
  function checkScroll(listeners) {
    const page = document.scrollingElement || document.documentElement;
    const seen = {
      vertical: { pixels: page.scrollTop + window.innerHeight, size: page.scrollHeight },
      horizontal: { pixels: page.scrollLeft + window.innerWidth, size: page.scrollWidth },
    };
    listeners.thresholds.forEach((entry) => {
      const { direction, units, threshold } = entry.mark;
      const { pixels, size } = seen[direction];
      const depth = units === 'pixels' ? pixels : (pixels / size) * 100;
      if (entry.fired || Math.round(depth * 10) / 10 < threshold) return;
      entry.fired = true;
      listeners.push({
        event: 'gtm.scrollDepth',
        'gtm.scrollThreshold': threshold,
        'gtm.scrollUnits': units,
        'gtm.scrollDirection': direction,
        'gtm.triggers': entry.keys.join(','),
      });
    });
  }

  function listenToTimer(listeners, trigger, key) {
    const { variables } = listeners.runtime;
    const number = (field) => Number(variables.text((field && field.value) || ''));
    const interval = number(trigger.interval);
    const limit = number(trigger.limit) || Infinity; // an empty limit is endless
    if (!(interval > 0)) return;
    const started = Date.now();
    let count = 0;
    const timer = window.setInterval(() => {
      count += 1;
      if (count >= limit) window.clearInterval(timer);
      const now = Date.now();
      listeners.push({
        event: timerEvent(trigger),
        'gtm.timerEventNumber': count,
        'gtm.timerInterval': interval,
        'gtm.timerLimit': limit === Infinity ? undefined : limit,
        'gtm.timerStartTime': started,
        'gtm.timerCurrentTime': now,
        'gtm.timerElapsedTime': now - started,
        'gtm.triggers': key,
      });
    }, interval);
  }

  function listenToHistory(listeners) {
    listeners.startOnce('history', () => {
      const watch = { url: window.location.href, state: window.history.state };
      ['pushState', 'replaceState'].forEach((name) => {
        const native = window.history[name];
        window.history[name] = function (...args) {
          const result = native.apply(this, args);
          historyChanged(listeners, watch, name);
          return result;
        };
      });
      window.addEventListener('popstate', () => historyChanged(listeners, watch, 'popstate'));
      // The hashchange that follows a popstate tells the same change (measured 10).
      window.addEventListener('hashchange', () => {
        if (watch.url !== window.location.href) historyChanged(listeners, watch, 'hashchange');
      });
    });
  }

  function historyChanged(listeners, watch, source) {
    const before = { url: watch.url, state: watch.state };
    watch.url = window.location.href;
    watch.state = window.history.state;
    const fragment = (url) => urlComponent(url, 'FRAGMENT', {});
    listeners.push({
      event: 'gtm.historyChange',
      'gtm.historyChangeSource': source,
      'gtm.oldUrlFragment': fragment(before.url),
      'gtm.newUrlFragment': fragment(watch.url),
      'gtm.oldHistoryState': before.state,
      'gtm.newHistoryState': watch.state,
      'gtm.oldUrl': before.url.split('#')[0],
      'gtm.newUrl': watch.url.split('#')[0],
    });
  }

  function listenToErrors(listeners) {
    listeners.startOnce('errors', () => {
      const before = window.onerror;
      window.onerror = function (message, url, line, ...rest) {
        listeners.push({
          event: 'gtm.pageError',
          'gtm.errorMessage': message,
          'gtm.errorUrl': url,
          'gtm.errorLineNumber': line,
        });
        return before ? before.call(this, message, url, line, ...rest) : false;
      };
    });
  }

  // ------------------------------------------------------------------ tags

  const ECOMMERCE_EVENTS = new Set(['add_payment_info', 'add_shipping_info', 'add_to_cart',
    'remove_from_cart', 'view_cart', 'begin_checkout', 'select_item', 'view_item_list',
    'select_promotion', 'view_promotion', 'purchase', 'refund', 'view_item', 'add_to_wishlist']);

  // Settings of a Google tag that steer it and are not sent as event parameters (not measured).
  const CONTROL_FIELDS = new Set(['send_page_view', 'server_container_url', 'transport_url',
    'first_party_collection', 'debug_mode', 'allow_google_signals', 'groups', 'linker',
    'allow_ad_personalization_signals', 'cookie_domain', 'cookie_expires', 'cookie_flags',
    'cookie_path', 'cookie_prefix', 'cookie_update', 'send_to', 'event_callback', 'event_timeout',
    'user_properties', 'ignore_referrer', 'url_passthrough', 'ads_data_redaction']);

  const RUNNERS = {
    googtag: runGoogleTag,
    gaawc: runConfigurationTag,
    gaawe: runGa4Event,
    html: runHtml,
    img: runImage,
  };

  /* Google tags start before all others of an event, the conversion linker first (measured 7). */
  const ENTITY_PRIORITY = { gclidw: 100, googtag: 10 };

  /* Order inside one event: entity, user priority, then templates, listeners, Custom HTML. */
  function orderOf(step) {
    if (step.listener) return [0, 0, 1, Number(step.listener.trigger.triggerId)];
    const { tag } = step;
    const priority = tag.priority ? Number(tag.priority.value) || 0 : 0;
    const place = tag.type === 'html' ? 2 : 0;
    return [-(ENTITY_PRIORITY[tag.type] || 0), -priority, place, Number(tag.tagId)];
  }

  function compareOrder(left, right) {
    const [a, b] = [orderOf(left), orderOf(right)];
    const at = a.findIndex((value, index) => value !== b[index]);
    return at < 0 ? 0 : a[at] - b[at];
  }

  function runGoogleTag(runtime, tag, done) {
    const settings = runtime.variables.resolve(parametersOf(tag));
    const config = {
      ...objectOf(settings.configSettingsVariable),
      ...tableOf(settings.configSettingsTable),
      ...objectOf(settings.eventSettingsVariable),
      ...tableOf(settings.eventSettingsTable),
    };
    runtime.google.configure(settings.tagId, config, tag);
    done(true);
  }

  function runConfigurationTag(runtime, tag, done) {
    const settings = runtime.variables.resolve(parametersOf(tag));
    const config = tableOf(settings.fieldsToSet, 'name', 'value');
    if (!isTrue(settings.sendPageView)) config.send_page_view = false;
    runtime.google.configure(settings.measurementId, config, tag);
    done(true);
  }

  const objectOf = (value) => (isPlainObject(value) ? value : {});

  /* Rows that are resolved already -> object. */
  function tableOf(rows, key = 'parameter', value = 'parameterValue') {
    const table = {};
    (rows || []).forEach((row) => { table[row[key]] = row[value]; });
    return table;
  }

  function runGa4Event(runtime, tag, done) {
    const settings = runtime.variables.resolve(parametersOf(tag));
    const id = settings.measurementIdOverride || referencedId(runtime, settings.measurementId);
    if (!/^G-/.test(String(id))) { // measured 11: fails silently
      const problem = `measurement id ${String(id)} does not start with G-`;
      runtime.recorder.error('ga4', tag.name, problem);
      done(false);
      return;
    }
    const params = { // later wins (measured 11)
      ...ecommerceOf(runtime, settings),
      ...objectOf(settings.eventSettingsVariable),
      ...tableOf(settings.eventSettingsTable),
      ...tableOf(settings.eventParameters, 'name', 'value'),
    };
    const properties = {
      ...objectOf(params.user_properties),
      ...tableOf(settings.userProperties, 'name', 'value'),
    };
    delete params.user_properties;
    runtime.google.send({ id, event: settings.eventName, params, properties, tag });
    done(true);
  }

  /* Old event tags name their configuration tag in place of an id. */
  function referencedId(runtime, name) {
    const tag = name && runtime.tagByName(name);
    return tag && runtime.variables.text(parametersOf(tag).measurementId);
  }

  function ecommerceOf(runtime, settings) {
    if (!isTrue(settings.sendEcommerceData) || !ECOMMERCE_EVENTS.has(settings.eventName)) return {};
    const source = settings.getEcommerceDataFrom === 'customObject'
      ? settings.ecommerceMacroData : runtime.model.get('ecommerce', 1);
    return objectOf(source);
  }

  /* Google's destinations: what a hit would contain, recorded when it would leave. */
  class Google {
    constructor(runtime) {
      this.runtime = runtime;
      this.configs = {};
    }

    configure(tagId, config, tag) {
      const id = String(tagId);
      this.configs[id] = config;
      this.runtime.recorder.googleTag({ tagId: id, settings: portable(config), tag: tag.name });
      const silent = config.send_page_view === false || config.send_page_view === 'false';
      if (/^G-/.test(id) && !silent) {
        this.send({ id, event: 'page_view', params: {}, properties: {}, tag });
      }
    }

    send({ id, event, params, properties, tag }) {
      const config = this.configs[id] || {};
      const shared = {};
      Object.keys(config).forEach((key) => {
        if (!CONTROL_FIELDS.has(key)) shared[key] = config[key];
      });
      const userProperties = { ...objectOf(config.user_properties), ...properties };
      const hit = this.hit(id, event, { ...shared, ...params }, userProperties);
      hit.tag = tag.name;
      hit.url = window.location.href;
      if (config.server_container_url) hit.server = String(config.server_container_url);
      this.runtime.pending += 1;
      this.runtime.consent.whenSettled(() => {
        this.runtime.pending -= 1;
        hit.consent = this.runtime.consent.snapshot();
        this.runtime.recorder.ga4(hit);
      });
    }

    hit(id, event, params, properties) {
      const hit = {
        measurementId: String(id), event: String(event),
        params: {}, userProperties: {}, items: null, dropped: [],
      };
      Object.keys(params).forEach((name) => {
        const value = params[name];
        if (value === undefined) return;
        if (name === 'items') this.addItems(hit, value);
        else hit.params[name] = sent(value);
      });
      Object.keys(properties).forEach((name) => {
        if (properties[name] !== undefined) hit.userProperties[name] = sent(properties[name]);
      });
      return hit;
    }

    /* measured 11: items leave with ecommerce events only */
    addItems(hit, value) {
      if (Array.isArray(value) && ECOMMERCE_EVENTS.has(hit.event)) hit.items = portable(value);
      else hit.dropped.push('items');
    }
  }

  /* A parameter as it is sent: JS numbers stay numbers, all else is text (measured 11). */
  function sent(value) {
    if (typeof value === 'number') return { value: portable(value), type: 'number' };
    return { value: value === null ? '' : String(value), type: 'string' };
  }

  function runImage(runtime, tag, done) {
    runtime.recorder.image(String(runtime.variables.resolve(parametersOf(tag)).url));
    done(true);
  }

  /* Custom HTML: its nodes go to the end of body in order, scripts run as they arrive. */
  function runHtml(runtime, tag, done) {
    const { isKnown } = runtime.variables;
    if (!tag.htmlParts) tag.htmlParts = compileHtml(parametersOf(tag).html, isKnown);
    const context = { done: once(done), id: `${tag.tagId}_${runtime.nextHtmlId()}` };
    runtime.htmlId = context.id;
    runtime.htmlRuns[context.id] = context;
    const html = resolveHtml(runtime, tag.htmlParts);
    const reportsItself = /onHtml(Success|Failure)/.test(html);
    whenBody(() => {
      runtime.htmlId = context.id; // another tag may have started meanwhile
      const holder = document.createElement('div');
      // The leading text keeps a script that comes first from being dropped by the parser.
      holder.innerHTML = `.<div>${html}</div>`;
      insertNodes(Array.from(holder.lastChild.childNodes), document.body, (ok) => {
        if (!ok || !reportsItself) context.done(ok);
      });
    });
  }

  function whenBody(action) {
    if (document.body) action();
    else window.setTimeout(() => whenBody(action), 20);
  }

  const SCRIPT = /(<script\b[^>]*>)([\s\S]*?)(<\/script\s*>)/gi;

  /* HTML -> [{text parts of markup} | {script}] */
  function compileHtml(html, isKnown) {
    const parts = [];
    let end = 0;
    const markup = (text) => { if (text) parts.push({ markup: splitReferences(text, isKnown) }); };
    for (const match of String(html).matchAll(SCRIPT)) {
      markup(html.slice(end, match.index) + match[1]);
      parts.push({ script: compileCode(match[2], isKnown) });
      markup(match[3]);
      end = match.index + match[0].length;
    }
    markup(String(html).slice(end));
    return parts;
  }

  function resolveHtml(runtime, parts) {
    const { variables } = runtime;
    return parts.map((part) => {
      if (part.script) return variables.code(part.script);
      const text = (piece) => (
        piece.name === undefined ? piece.text : escapeForHtml(variables.value(piece.name)));
      return part.markup.map(text).join('');
    }).join('');
  }

  /* One node after the other; a script with src holds the next ones up until it is loaded. */
  function insertNodes(nodes, parent, done) {
    const [node, ...rest] = nodes;
    if (!node) {
      done(true);
      return;
    }
    const goOn = (ok) => (ok ? insertNodes(rest, parent, done) : done(false));
    if (node.nodeName === 'SCRIPT') insertScript(node, parent, goOn);
    else insertElement(node, parent, goOn);
  }

  function insertElement(node, parent, done) {
    const children = Array.from(node.childNodes);
    if (node.nodeType !== 1 || node.nodeName === 'NOSCRIPT') {
      parent.appendChild(node);
      done(true);
      return;
    }
    children.forEach((child) => node.removeChild(child));
    parent.appendChild(node);
    insertNodes(children, node, done);
  }

  /* A parsed script never runs; a created one does. */
  function insertScript(node, parent, done) {
    const script = document.createElement('script');
    Array.from(node.attributes).forEach(({ name, value }) => script.setAttribute(name, value));
    script.text = node.text;
    if (!node.src) {
      parent.appendChild(script);
      done(true);
      return;
    }
    script.onload = () => done(true);
    script.onerror = () => done(false);
    parent.appendChild(script);
  }

  // ------------------------------------------------------------------ records

  /* window.__gtm, and a call of options.report(kind, value) for whoever must keep the records
   * when the page goes away. */
  class Recorder {
    constructor(runtime, report) {
      this.report = report || (() => {});
      this.log = window.__gtm = window.__gtm || {
        events: [], ga4: [], googleTags: [], images: [], errors: [], uncovered: [], gtag: [],
      };
      Object.defineProperty(this.log, 'runtime', { value: runtime, configurable: true });
    }

    add(list, value) {
      this.log[list].push(value);
      this.report(list, value);
    }

    event(entry) {
      this.log.events.push(entry);
    }

    ga4(hit) {
      this.add('ga4', hit);
    }

    googleTag(entry) {
      this.add('googleTags', entry);
    }

    image(url) {
      this.add('images', url);
    }

    gtag(command) {
      this.add('gtag', command);
    }

    error(kind, name, problem) {
      this.add('errors', { kind, name, message: String((problem && problem.message) || problem) });
    }

    uncovered(kind, entity) {
      this.add('uncovered', { kind, type: entity.type, name: entity.name });
    }
  }

  // ------------------------------------------------------------------ the container

  const GTAG_EVENTS = new Set(['config', 'event', 'js', 'get']);

  class Runtime {
    constructor(containerExport, options) {
      this.options = options;
      this.version = containerExport.containerVersion;
      this.publicId = (this.version.container && this.version.container.publicId) || 'GTM-XXXXXXX';
      this.pending = 0;
      this.recorder = new Recorder(this, options.report);
      this.model = new Model();
      this.consent = new Consent(options.region);
      this.google = new Google(this);
      this.variables = new Variables(this, this.version);
      this.conditions = new Conditions(this);
      this.triggers = new Triggers(this, this.version);
      this.listeners = new Listeners(this);
      this.listenerTags = this.listeners.tags();
      this.tags = this.version.tag || [];
      this.queue = [];
      this.processing = false;
      this.initialized = false;
      this.started = false;
      this.spent = new Set();
      this.eventId = 0;
      this.htmlCount = 0;
      this.htmlRuns = {};
    }

    tagByName(name) {
      return this.tags.find((tag) => tag.name === name);
    }

    nextHtmlId() {
      this.htmlCount += 1;
      return this.htmlCount;
    }

    later(action) {
      this.pending += 1;
      window.setTimeout(() => {
        this.pending -= 1;
        action();
      }, 0);
    }

    // -------------------------------------------------------------- data layer

    start() {
      const name = this.options.dataLayer || 'dataLayer';
      this.dataLayer = window[name] = window[name] || [];
      this.installGlobals(name);
      checkEntities(this);
      const waiting = Array.from(this.dataLayer);
      this.wrapPush();
      this.queue.push(...waiting);
      this.processQueue();
      this.announcePageStates(name);
      return this;
    }

    push(message) {
      return this.dataLayer.push(message);
    }

    wrapPush() {
      const { dataLayer } = this;
      const native = dataLayer.push;
      const runtime = this;
      dataLayer.push = function (...messages) {
        const result = native.apply(dataLayer, messages);
        while (dataLayer.length > 300) dataLayer.shift();
        runtime.queue.push(...messages);
        const allowed = runtime.processQueue();
        return allowed && (typeof result !== 'boolean' || result);
      };
    }

    installGlobals(name) {
      const google = window.google_tag_manager = window.google_tag_manager || {};
      google.rm = google.rm || {};
      google.rm[this.publicId] = (index) => this.variables.value(this.variables.live[index]);
      google[this.publicId] = {
        dataLayer: this.modelInterface(name),
        onHtmlSuccess: (id) => this.htmlRuns[id] && this.htmlRuns[id].done(true),
        onHtmlFailure: (id) => this.htmlRuns[id] && this.htmlRuns[id].done(false),
      };
    }

    modelInterface(name) {
      return {
        name,
        set: (key, value) => this.model.set(key, value),
        get: (key) => this.model.get(String(key), 2),
        reset: () => this.model.reset(),
      };
    }

    /* gtm.dom and gtm.load come once per page, however many containers there are. */
    announcePageStates(name) {
      const shared = window.google_tag_manager[name] = window.google_tag_manager[name] || {};
      const announce = (event, isPast, target, type) => {
        if (shared[event]) return;
        shared[event] = true;
        const push = () => this.push({ event });
        if (isPast) this.later(push);
        else target.addEventListener(type, push, { once: true });
      };
      const state = document.readyState;
      announce('gtm.dom', state !== 'loading', document, 'DOMContentLoaded');
      announce('gtm.load', state === 'complete', window, 'load');
    }

    /* Messages one after the other; false when tags of one of them hold the default back. */
    processQueue() {
      let held = false;
      while (!this.processing && this.queue.length) {
        this.processing = true;
        try {
          held = this.processNext() || held;
        } finally {
          this.processing = false;
        }
      }
      return !held;
    }

    processNext() {
      const item = this.queue[0];
      if (!this.initialized && isEventMessage(item)) {
        // measured 1: put in front of the first event, whatever it is
        this.initialized = true;
        this.queue.unshift({ event: 'gtm.init_consent' }, { event: 'gtm.init' });
        return false;
      }
      this.queue.shift();
      this.model.forget('eventModel');
      if (typeof item === 'function') return this.callFunction(item);
      if (isArguments(item)) return this.processCommand(Array.from(item));
      if (Array.isArray(item)) return this.callMethod(item);
      return item && typeof item === 'object' ? this.processMessage(item) : false;
    }

    callFunction(action) {
      try {
        action.call(this.modelInterface(this.options.dataLayer || 'dataLayer'));
      } catch (error) {
        this.recorder.error('data layer function', '', error);
      }
      return false;
    }

    /* ['cart.push', item] calls a method of a stored value. */
    callMethod([path, ...args]) {
      if (typeof path !== 'string') return false;
      const parts = path.split('.');
      const method = parts.pop();
      const target = parts.length ? this.model.walk(parts.join('.')) : undefined;
      try {
        if (target !== undefined && target !== null) target[method](...args);
      } catch (error) {
        this.recorder.error('data layer method', path, error);
      }
      return false;
    }

    /* gtag(): only an `arguments` object is a command, a plain array is not. */
    processCommand([command, ...args]) {
      switch (command) {
        case 'consent':
          if (args[0] === 'default' && args[1]) this.consent.setDefault(args[1]);
          if (args[0] === 'update' && args[1]) this.consent.update(args[1]);
          return false;
        case 'set':
          return this.processSet(args);
        case 'js':
          return this.processMessage({ event: 'gtm.js', 'gtm.start': Number(args[0]) });
        case 'event':
          if (!args[0]) return false;
          return this.processMessage(
            args[1] ? { event: args[0], eventModel: args[1] } : { event: args[0] });
        default:
          this.recorder.gtag(portable([command, ...args]));
          return false;
      }
    }

    processSet([first, second]) {
      const values = isPlainObject(first) ? first : { [first]: second };
      Object.keys(values).forEach((key) => {
        this.model.clear(key);
        this.model.set(key, values[key]);
      });
      return false;
    }

    processMessage(message) {
      const clears = own(message, '_clear') && message._clear;
      Object.keys(message).forEach((key) => {
        if (key === '_clear') return;
        if (clears) this.model.clear(key);
        this.model.set(key, message[key]);
      });
      return message.event ? this.dispatch(message) : false;
    }

    numberEvent(message) {
      if (typeof message['gtm.uniqueEventId'] !== 'number') {
        this.eventId += 1;
        message['gtm.uniqueEventId'] = this.eventId;
        this.model.set('gtm.uniqueEventId', this.eventId);
      }
      return message['gtm.uniqueEventId'];
    }

    // -------------------------------------------------------------- one event

    /* Runs the tags of an event; true when they hold the page's default action back. */
    dispatch(message) {
      const name = message.event;
      const record = {
        id: this.numberEvent(message), name: portable(name), message: portable(message),
        triggers: [], tags: [],
      };
      this.recorder.event(record);
      if (name === 'gtm.js') {
        if (this.started) { // measured 1: once per container
          record.ignored = true;
          return false;
        }
        this.started = true;
      }
      this.conditions.forget();
      record.triggers = this.triggers.evaluate(name);
      this.triggers.countGroups(record.triggers);
      const event = { name, record, ran: new Set(), running: 1, held: false };
      event.complete = this.completion(message);
      const steps = this.stepsOf(event);
      steps.sort(compareOrder);
      steps.forEach((step) => {
        if (step.listener) step.listener.start();
        else this.runStep(step, event);
      });
      this.release(event);
      return event.held;
    }

    /* The tags and listeners this event starts. */
    stepsOf(event) {
      const results = new Map(event.record.triggers.map((result) => [result.id, result]));
      const steps = [];
      this.tags.forEach((tag) => {
        const by = (tag.firingTriggerId || []).filter((id) => matches(results.get(id)));
        if (!by.length) return;
        const blockers = (tag.blockingTriggerId || []).filter((id) => blocks(results.get(id)));
        if (blockers.length) {
          event.record.tags.push({ ...tagEntry(tag, 'main'), status: 'blocked', by: blockers });
        } else {
          steps.push({ tag, by });
        }
      });
      this.listenerTags.forEach((listener) => {
        const starts = listener.event === event.name
          && !this.conditions.firstFailure(listener.trigger.autoEventFilter);
        if (starts) steps.push({ listener });
      });
      return steps;
    }

    runStep({ tag, by }, event) {
      event.running += 1;
      if (!tag.paused) event.held = true;
      this.runTag(tag, event, { role: 'main', by }, () => this.release(event));
    }

    release(event) {
      event.running -= 1;
      if (event.running === 0) event.complete();
    }

    /* eventCallback runs after all tags, eventTimeout ms at the latest (measured 1). */
    completion(message) {
      const callback = message.eventCallback;
      if (typeof callback !== 'function') return () => {};
      const call = once(() => {
        try {
          callback(this.publicId);
        } catch (error) {
          this.recorder.error('eventCallback', String(message.event), error);
        }
      });
      if (Number(message.eventTimeout) > 0) window.setTimeout(call, Number(message.eventTimeout));
      return call;
    }

    // -------------------------------------------------------------- one tag

    /* Setup, then the tag, then teardown; `done(ok)` once the tag itself has ended. */
    runTag(tag, event, how, done) {
      const entry = { ...tagEntry(tag, how.role), by: how.by, of: how.of };
      event.record.tags.push(entry);
      if (tag.paused) {
        entry.status = 'paused';
        done(false);
        return;
      }
      if (this.isSpent(tag, event)) {
        entry.status = 'already ran';
        done(true); // measured 7: whoever waits for it just proceeds
        return;
      }
      entry.status = 'running';
      const finish = (status, ok) => {
        entry.status = status;
        if (status !== 'setup failed') this.tearDown(tag, event, ok);
        done(ok);
      };
      const runMain = () => this.runMain(tag, entry, finish);
      this.setUp(tag, event, runMain, () => finish('setup failed', false));
    }

    /* A tag counts as used up even when consent then keeps it from running (measured 7). */
    isSpent(tag, event) {
      const option = tag.tagFiringOption || 'ONCE_PER_EVENT';
      if (option === 'UNLIMITED') return false;
      const ran = option === 'ONCE_PER_LOAD' ? this.spent : event.ran;
      if (ran.has(tag)) return true;
      ran.add(tag);
      return false;
    }

    /* Only the first setup tag counts (measured 8). */
    setUp(tag, event, goOn, giveUp) {
      const [entry] = tag.setupTag || [];
      const setup = entry && this.tagByName(entry.tagName);
      if (!setup || setup === tag) {
        goOn();
        return;
      }
      this.runTag(setup, event, { role: 'setup', of: tag.name }, (ok) => {
        if (ok || !entry.stopOnSetupFailure) goOn();
        else giveUp();
      });
    }

    tearDown(tag, event, ok) {
      const [entry] = tag.teardownTag || [];
      const teardown = entry && this.tagByName(entry.tagName);
      if (!teardown || teardown === tag || (!ok && entry.stopTeardownOnFailure)) return;
      event.running += 1;
      this.runTag(teardown, event, { role: 'teardown', of: tag.name }, () => this.release(event));
    }

    runMain(tag, entry, finish) {
      const missing = missingConsent(tag, this.consent);
      if (missing.length) {
        entry.missing = missing;
        finish('no consent', false);
        return;
      }
      const runner = RUNNERS[tag.type];
      if (!runner) {
        entry.parameters = portable(this.variables.resolve(parametersOf(tag)));
        finish('would fire', true);
        return;
      }
      this.pending += 1;
      const done = once((ok) => {
        this.pending -= 1;
        finish(ok ? 'fired' : 'failed', ok);
      });
      try {
        runner(this, tag, done);
      } catch (error) {
        this.recorder.error('tag', tag.name, error);
        done(false);
      }
    }
  }

  const tagEntry = (tag, role) => ({ id: tag.tagId, name: tag.name, type: tag.type, role });

  /* An exception holds when it matches, and also when its condition threw (measured 5). */
  const blocks = (result) => matches(result) || Boolean(result && result.failed.broken);
  const matches = (result) => Boolean(result && result.matched);

  function isEventMessage(item) {
    if (isArguments(item)) return GTAG_EVENTS.has(item[0]);
    return isPlainObject(item) && Boolean(item.event);
  }

  function missingConsent(tag, consent) {
    const settings = tag.consentSettings || {};
    if (settings.consentStatus !== 'NEEDED') return [];
    return parameterValue(settings.consentType || { type: 'LIST' })
      .filter((type) => !consent.isGranted(type));
  }

  // ------------------------------------------------------------------ what an import would refuse

  function checkEntities(runtime) {
    const { version, variables, recorder } = runtime;
    (version.variable || []).forEach((entity) => {
      const { javascript } = parametersOf(entity);
      if (entity.type === 'jsm') checkCode(runtime, entity.name, `(${javascript}\n);`);
    });
    (version.tag || []).forEach((tag) => {
      if (tag.type === 'html') {
        for (const match of parametersOf(tag).html.matchAll(SCRIPT)) {
          if (isJavaScript(match[1])) checkCode(runtime, tag.name, match[2]);
        }
      } else if (!RUNNERS[tag.type]) {
        recorder.uncovered('tag', tag);
      }
      checkSequence(runtime, tag);
    });
    unknownReferences(version, variables).forEach(([name, reference]) => {
      recorder.error('reference', name, `no variable named ${reference}`);
    });
  }

  function isJavaScript(openingTag) {
    const type = /\btype\s*=\s*["']?([^"'\s>]+)/i.exec(openingTag);
    return !type || /javascript|ecmascript|gtmscript/i.test(type[1]);
  }

  function checkCode(runtime, name, code) {
    es6Features(code).forEach((feature) => {
      runtime.recorder.error('es5', name, `newer than ES5: ${feature}`);
    });
    const problem = syntaxProblem(code);
    if (problem) runtime.recorder.error('syntax', name, problem);
  }

  function checkSequence(runtime, tag) {
    (tag.setupTag || []).concat(tag.teardownTag || []).forEach((entry) => {
      if (!runtime.tagByName(entry.tagName)) {
        runtime.recorder.error('reference', tag.name, `no tag named ${entry.tagName}`);
      }
    });
  }

  /* [[entity name, reference]] of every {{reference}} that nothing defines. */
  function unknownReferences(version, variables) {
    const missing = [];
    ['tag', 'trigger', 'variable'].forEach((kind) => {
      (version[kind] || []).forEach((entity) => {
        const used = { ...entity, name: '', notes: '' };
        for (const match of JSON.stringify(used).matchAll(/\{\{([^{}"\\;:]+)\}\}/g)) {
          if (!variables.isKnown(match[1])) missing.push([entity.name, match[1]]);
        }
      });
    });
    return missing;
  }

  // ------------------------------------------------------------------ public

  /* Starts the container. options: dataLayer (name), debug, environment, region (for consent
   * defaults, e.g. 'PL'), report(kind, value). */
  function start(containerExport, options = {}) {
    return new Runtime(containerExport, options).start();
  }

  window.TagkitSimulator = { start, es6Features };
})(window);
