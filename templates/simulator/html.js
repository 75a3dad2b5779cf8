// Custom HTML: its nodes go to the end of body in order, scripts run as they arrive.

// How often Google's runtime looks whether there is a body.
const BODY_WAIT = 200;

function runHtml(runtime, tag, done) {
  const settings = parametersOf(tag);
  if (!tag.htmlParts) tag.htmlParts = compileHtml(asText(settings.html), runtime.variables.isKnown);
  const run = { done: once(done), id: `${tag.tagId}_${runtime.nextHtmlId()}` };
  runtime.htmlId = run.id;
  runtime.htmlRuns[run.id] = run;
  // What it refers to is read now, also when the body is not there yet.
  const html = resolveHtml(runtime, tag.htmlParts);
  const insertion = {
    runtime, tag, writes: isTrue(settings.supportDocumentWrite), context: acting,
    reportsItself: /onHtml(Success|Failure)/.test(html),
  };
  whenBody(() => actAs(insertion.context, () => insertHtml(insertion, html, run.done)));
}

function whenBody(action) {
  if (document.body) action();
  else window.setTimeout(() => whenBody(action), BODY_WAIT);
}

function insertHtml(insertion, html, done) {
  // In a template nothing loads and nothing runs before it is in the page.
  const holder = document.createElement('template');
  setInnerHtml.call(holder, html);
  disarm(holder.content);
  insertNodes(insertion, Array.from(holder.content.childNodes), document.body, (ok) => {
    if (!ok || !insertion.reportsItself) done(ok);
  });
}

const SCRIPT = /(<script\b[^>]*>)([\s\S]*?)(<\/script\s*>)/gi;

/* HTML -> [{text parts of markup} | {script}] */
function compileHtml(html, isKnown) {
  const parts = [];
  let end = 0;
  const markup = (text) => { if (text) parts.push({ markup: markupParts(text, isKnown) }); };
  for (const match of html.matchAll(SCRIPT)) {
    markup(html.slice(end, match.index) + match[1]);
    if (isJavaScript(match[1])) parts.push({ script: compileCode(match[2], isKnown) });
    else markup(match[2]);
    markup(match[3]);
    end = match.index + match[0].length;
  }
  markup(html.slice(end));
  return parts;
}

const URL_ATTRIBUTES = /^(src|href|action|formaction|data|poster|background|cite|srcset)$/i;
const OPEN_ATTRIBUTE = /<[a-z][^<>]*\s([\w:-]+)\s*=\s*(?:"([^"]*)|'([^']*)|([^\s"'>]*))$/i;

/* A reference in an address is written as one, in its query as a part of it (measured 9). */
function markupParts(text, isKnown) {
  let before = '';
  return splitReferences(text, isKnown).map((part) => {
    if (part.name === undefined) {
      before += part.text;
      return part;
    }
    const attributeBefore = OPEN_ATTRIBUTE.exec(before);
    before += 'x';
    if (!attributeBefore || !URL_ATTRIBUTES.test(attributeBefore[1])) {
      return { name: part.name, context: 'html' };
    }
    const value = attributeBefore.slice(2).find((found) => found !== undefined) || '';
    return { name: part.name, context: /[?#]/.test(value) ? 'query' : 'address' };
  });
}

const MARKUP_ESCAPES = {
  html: escapeForHtml,
  query: (value) => encodeURIComponent(String(value))
    .replace(/['()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`),
  address: (value) => escapeForHtml(String(value)
    .replace(/[\x00- "'()<>\\{}\x7f\x85\xa0\u2028\u2029]/g, encodeURIComponent)
    .replace(/['()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)),
};

function resolveHtml(runtime, parts) {
  const { variables } = runtime;
  return parts.map((part) => {
    if (part.script) return variables.code(part.script);
    return part.markup.map((piece) => (piece.name === undefined ? piece.text
      : MARKUP_ESCAPES[piece.context](variables.value(piece.name)))).join('');
  }).join('');
}

/* One node after the other; a script with src holds the next ones up until it is loaded. */
function insertNodes(insertion, nodes, parent, done) {
  const [node, ...rest] = nodes;
  if (!node) {
    done(true);
    return;
  }
  const goOn = (ok) => (ok ? insertNodes(insertion, rest, parent, done) : done(false));
  if (node.nodeName === 'SCRIPT' && isScriptType(node.type)) {
    insertScript(insertion, node, parent, goOn);
  } else {
    insertElement(insertion, node, parent, goOn);
  }
}

/* An element goes in whole, unless a script in it has to run in its turn. */
function insertElement(insertion, node, parent, done) {
  const children = node.nodeType === 1 && node.querySelector('script')
    ? Array.from(node.childNodes) : [];
  children.forEach((child) => node.removeChild(child));
  parent.appendChild(node);
  insertNodes(insertion, children, node, done);
}

/* A parsed script never runs; a created one does. */
function insertScript(insertion, node, parent, done) {
  const script = document.createElement('script');
  script.async = false;
  Array.from(node.attributes).forEach(({ name, value }) => script.setAttribute(name, value));
  script.text = node.text;
  if (!node.getAttribute('src')) {
    runInline(insertion, script, parent);
    done(true);
    return;
  }
  script.onload = () => actAs(insertion.context, () => done(true));
  script.onerror = () => actAs(insertion.context, () => done(false));
  parent.appendChild(script);
}

/* What an inline script throws is the page's error, as with Google, and noted with the tag. */
function runInline({ runtime, tag, writes }, script, parent) {
  const { limit, recorder } = runtime;
  const note = ({ error, message }) => recorder.error('html', tag.name, limit.said || error || message);
  window.addEventListener('error', note);
  const written = writes ? collectWrites() : null;
  try {
    limit.run(() => parent.appendChild(script));
  } finally {
    window.removeEventListener('error', note);
    if (written) written.show(parent);
  }
}

/* document.write of a tag that supports it lands at the end of the tag's place. */
function collectWrites() {
  const { write, writeln } = document;
  let text = '';
  document.write = (...texts) => { text += texts.join(''); };
  document.writeln = (...texts) => { text += `${texts.join('')}\n`; };
  return {
    show(parent) {
      Object.assign(document, { write, writeln });
      if (text) parent.insertAdjacentHTML('beforeend', text);
    },
  };
}
