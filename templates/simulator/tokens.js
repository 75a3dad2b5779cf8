// Tokens of a script, and the references in it.

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
