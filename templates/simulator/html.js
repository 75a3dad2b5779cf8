// Custom HTML.

/* Custom HTML: its nodes go to the end of body in order, scripts run as they arrive. */
function runHtml(runtime, tag, done) {
  const { isKnown } = runtime.variables;
  if (!tag.htmlParts) tag.htmlParts = compileHtml(parametersOf(tag).html, isKnown);
  const context = { done: once(done), id: `${tag.tagId}_${runtime.nextHtmlId()}` };
  runtime.htmlId = context.id;
  runtime.htmlRuns[context.id] = context;
  const html = resolveHtml(runtime, tag.htmlParts);
  const reportsItself = /onHtml(Success|Failure)/.test(html);
  const self = acting;
  whenBody(() => actAs(self, () => {
    runtime.htmlId = context.id; // another tag may have started meanwhile
    // In a template nothing loads and nothing runs before it is in the page.
    const holder = document.createElement('template');
    setInnerHtml.call(holder, html);
    disarm(holder.content);
    insertNodes(Array.from(holder.content.childNodes), document.body, (ok) => {
      if (!ok || !reportsItself) context.done(ok);
    });
  }));
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
  const self = acting;
  script.onload = () => actAs(self, () => done(true));
  script.onerror = () => actAs(self, () => done(false));
  parent.appendChild(script);
}
