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
  ['comment', /\/\/[^\n]*|\/\*[\s\S]*?\*\/|<!--[^\n]*/y],
  ['string', /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y],
  ['template', /`(?:[^`\\]|\\[\s\S])*`/y],
  ['number', NUMBER],
  ['word', /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y],
];
const REGEX_LITERAL = /\/(?:[^/\\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+\/[A-Za-z]*/y;

// A slash after the bracket of one of these starts a regular expression.
const BEFORE_CONDITION = new Set(['if', 'while', 'for', 'with']);

/* Tokens of a JavaScript text; `{{Name}}` outside quotes is a token of its own. `doubtful` when a
 * slash or a backtick stands where only a parser could say what it begins. */
function tokenize(code, isKnown) {
  const tokens = [];
  const parens = [];
  let at = 0;
  let previous = null;
  while (at < code.length) {
    const token = nextToken(code, at, previous, isKnown);
    tokens.push(token);
    at += token.text.length;
    if (token.kind === 'space' || token.kind === 'comment') continue;
    if (token.kind === 'punctuation') noteBracket(token, previous, parens);
    if (isDoubtful(token, previous)) tokens.doubtful = true;
    previous = token;
  }
  return tokens;
}

function noteBracket(token, previous, parens) {
  if (token.text === '(') {
    parens.push(Boolean(previous) && previous.kind === 'word' && BEFORE_CONDITION.has(previous.text));
  } else if (token.text === ')') {
    token.endsCondition = parens.pop();
  }
}

function isDoubtful(token, previous) {
  if (token.kind !== 'punctuation') return token.kind === 'template' && token.text.includes('${');
  if (token.text === '`' || token.text === '-->') return true;
  return token.text[0] === '/' && Boolean(previous) && previous.text === '}';
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
  if (previous.endsCondition) return true;
  return previous.kind === 'punctuation' && !AFTER_VALUE.has(previous.text);
}

/* Splits a script into texts and references: [{text} | {name, context}], with guarded loops. A
 * reference that nothing defines stays as it stands where that is JavaScript, else it is undefined. */
function compileCode(code, isKnown) {
  const parts = guardedParts(String(code), isKnown);
  if (!parseProblem(parts)) return parts;
  const lenient = guardedParts(String(code), () => true);
  return parseProblem(lenient) ? parts : lenient;
}

function guardedParts(code, isKnown) {
  const tokens = tokenize(code, isKnown);
  const guarded = guardLoops(tokens);
  if (guarded === tokens) return partsOf(tokens, isKnown);
  const parts = partsOf(guarded, isKnown);
  return parseProblem(parts) ? partsOf(tokens, isKnown) : parts;
}

function partsOf(tokens, isKnown) {
  const parts = [];
  tokens.forEach((token) => {
    if (token.kind === 'reference') {
      parts.push({ name: token.text.slice(2, -2), context: 'live' });
    } else if (token.kind === 'space' || !token.text.includes('{{')) {
      addText(parts, token.text);
    } else {
      splitReferences(token.text, isKnown).forEach((part) => {
        if (part.name === undefined) addText(parts, part.text);
        else parts.push({ name: part.name, context: token.kind });
      });
    }
  });
  return parts;
}

/* Neighbouring texts are one. */
function addText(parts, text) {
  const last = parts[parts.length - 1];
  if (last && last.name === undefined) last.text += text;
  else parts.push({ text });
}

/* The parser's own complaint about a script, or null. */
function parseProblem(parts) {
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
