// How each type of variable is read.

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
