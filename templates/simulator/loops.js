// A limit to how long the container's own JavaScript may run.
//
// Nothing can stop a loop from outside, so each loop asks before every round whether it may go on.
// Code that cannot be read for sure is left as it is. What no loop drives (a regular expression
// that backtracks, code loaded by src, functions of the page) is not limited.

const GUARD = '__tagkitGuard';

class TimeLimit {
  constructor(milliseconds) {
    this.milliseconds = Number(milliseconds) > 0 ? Number(milliseconds) : 1000;
    this.deadline = 0;
    this.sinceTask = 0;
    this.said = ''; // the page may be told no more than "Script error."
    window[GUARD] = () => this.check();
  }

  /* Runs a call of the container's code; the limit of the outermost call holds for those inside. */
  run(action) {
    if (this.deadline) return action();
    this.deadline = performance.now() + this.milliseconds;
    this.said = '';
    try {
      return action();
    } finally {
      this.deadline = 0;
    }
  }

  /* True, or an error once the time is over. A function that the page calls later has no call of
   * ours around it: its time begins with the first round in this task, and as there may have been
   * many calls since, it has ten times as much. */
  check() {
    const time = performance.now();
    if (this.deadline) {
      if (time > this.deadline) this.stop();
      return true;
    }
    if (!this.sinceTask) {
      this.sinceTask = time;
      window.setTimeout(() => { this.sinceTask = 0; }, 0);
    }
    if (time > this.sinceTask + 10 * this.milliseconds) this.stop();
    return true;
  }

  stop() {
    this.said = `tagkit: a loop ran longer than ${this.milliseconds} ms`;
    throw new RangeError(this.said);
  }
}

/* The tokens with `guard() && (…)` in the condition of each loop. */
function guardLoops(tokens) {
  if (tokens.doubtful) return tokens;
  const code = tokens.map((token, index) => ({ token, index })).filter(({ token }) => isCode(token));
  const closing = matchBrackets(code);
  if (!closing) return tokens;
  const before = new Map();
  const insert = (position, text) => {
    before.set(position, (before.get(position) || []).concat({ kind: 'guard', text }));
  };
  code.forEach(({ token }, at) => {
    if (token.kind !== 'word' || (token.text !== 'while' && token.text !== 'for')) return;
    const open = at + 1;
    if (!code[open] || code[open].token.text !== '(' || isProperty(code, at)) return;
    const part = token.text === 'while' ? [open, closing.get(open)]
      : forCondition(code, open, closing);
    if (!part) return;
    const [from, to] = part;
    const isEmpty = to === from + 1;
    if (isEmpty && token.text === 'while') return;
    insert(code[from].index + 1, isEmpty ? `${GUARD}()` : `${GUARD}() && (`);
    if (!isEmpty) insert(code[to].index, ')');
  });
  if (!before.size) return tokens;
  const guarded = [];
  tokens.forEach((token, index) => {
    guarded.push(...(before.get(index) || []), token);
  });
  return guarded;
}

const isCode = (token) => token.kind !== 'space' && token.kind !== 'comment';

/* a.while(…), {while: …} */
function isProperty(code, at) {
  const previous = code[at - 1];
  return Boolean(previous) && (previous.token.text === '.' || previous.token.text === '?.');
}

const CLOSES = { '(': ')', '[': ']', '{': '}' };

/* Position of each opening bracket -> position of its closing one; null when they do not match. */
function matchBrackets(code) {
  const closing = new Map();
  const open = [];
  for (let at = 0; at < code.length; at += 1) {
    const { kind, text } = code[at].token;
    if (kind !== 'punctuation') continue;
    if (own(CLOSES, text)) open.push(at);
    if (!')]}'.includes(text)) continue;
    const start = open.pop();
    if (start === undefined || CLOSES[code[start].token.text] !== text) return null;
    closing.set(start, at);
  }
  return open.length ? null : closing;
}

/* [first semicolon, second semicolon] of for (…; …; …), null for for…in and for…of. */
function forCondition(code, open, closing) {
  const end = closing.get(open);
  const semicolons = [];
  for (let at = open + 1; at < end; at += 1) {
    const { kind, text } = code[at].token;
    if (kind !== 'punctuation') continue;
    if (own(CLOSES, text)) at = closing.get(at);
    else if (text === ';') semicolons.push(at);
  }
  return semicolons.length === 2 ? semicolons : null;
}
