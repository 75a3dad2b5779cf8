// Google's publishing step refuses syntax newer than ES5.

// Google's publishing step refuses syntax newer than ES5. These tokens are never ES5 …
const NEW_PUNCTUATION = {
  '=>': 'arrow function', '...': 'spread or rest', '**': 'exponent', '**=': 'exponent',
  '?.': 'optional chaining', '??': 'nullish coalescing', '??=': 'logical assignment',
  '&&=': 'logical assignment', '||=': 'logical assignment', '#': 'private name',
};
const NEW_WORDS = { class: 'class', super: 'super', import: 'import', export: 'export' };

/* … and this finds the rest of them; it would rather miss a rarity than accuse ES5. */
function es6Features(code) {
  const tokens = tokenize(String(code), () => true)
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

const syntaxProblem = (code) => parseProblem(compileCode(code, () => true));
