// How each type of variable is read. Settings come with every reference in them resolved, also in
// rows of a table that are not chosen, as Google's runtime does it.

const orDefault = (value, settings) => (
  value === undefined && isTrue(settings.setDefaultValue)
    ? (settings.defaultValue === undefined ? '' : settings.defaultValue) : value);

/* Rows -> object; a later row of the same key wins. */
function rowsToObject(rows, key = 'parameter', value = 'parameterValue') {
  const object = {};
  objectsOf(rows).forEach((row) => {
    if (own(row, key)) object[asText(row[key])] = row[value];
  });
  return object;
}

const READERS = {
  c: (runtime, settings) => settings.value,
  v: readDataLayer,
  k: (runtime, settings) => readCookie(
    settings.name, isTrue(settings.decodeCookie), runtime.model.get('gtm.cookie', 1)),
  u: (runtime, settings) => {
    const source = settings.customUrlSource || runtime.model.get('gtm.url', 1)
      || pageUrl();
    return urlComponent(source, settings.component, settings);
  },
  f: (runtime, settings) => {
    const referrer = runtime.model.get('gtm.referrer', 1) || document.referrer;
    return referrer ? urlComponent(referrer, settings.component || 'URL', settings) : '';
  },
  j: (runtime, settings) => published(readGlobal(settings.name)),
  jsm: runJavaScript,
  d: (runtime, settings) => readElement(settings),
  vis: (runtime, settings) => readVisibility(settings),
  aev: readAutoEvent,
  smm: (runtime, settings) => {
    const table = rowsToObject(settings.map, 'key', 'value');
    const input = asText(settings.input);
    return orDefault(own(table, input) ? table[input] : undefined, settings);
  },
  remm: readRegexTable,
  e: (runtime) => runtime.eventName,
  cid: (runtime) => runtime.publicId,
  ctv: (runtime) => runtime.version.versionId,
  dbg: (runtime) => Boolean(runtime.options.debug),
  r: (runtime, settings) => randomBetween(Number(settings.min), Number(settings.max)),
  ev: (runtime) => runtime.options.environment || '',
  hid: (runtime) => runtime.htmlId,
  uv: () => undefined,
  gtcs: (runtime, settings) => rowsToObject(settings.configSettingsTable),
  gtes: (runtime, settings) => {
    const event = rowsToObject(settings.eventSettingsTable);
    if (settings.userProperties) {
      event.user_properties = rowsToObject(settings.userProperties, 'name', 'value');
    }
    return event;
  },
  awec: readUserData,
  gas: (runtime, settings) => settings,
  analytics_storage: (runtime, settings) => readAnalyticsCookie(settings.dataField),
};

function readDataLayer(runtime, settings) {
  const { name } = settings;
  if (typeof name !== 'string' || !name) return false;
  const value = runtime.model.get(name, Number(settings.dataLayerVersion || 2));
  return orDefault(published(value), settings);
}

/* A Custom JavaScript variable; what it refers to is read before it runs. */
function runJavaScript(runtime, settings, variable) {
  const { variables, limit } = runtime;
  if (!variable.parts) prepareJavaScript(variable, variables.isKnown);
  if (variable.make) {
    const values = variable.references.map((name) => variables.value(name));
    return limit.run(() => {
      const code = variable.make(values);
      if (typeof code !== 'function') throw new Error('the code is no function');
      return code();
    });
  }
  const code = variables.code(variable.parts);
  return limit.run(() => (0, window.eval)(`${code}();`));
}

/* Evaluated once, and called with the values of its references each time, where no reference stands
 * inside a text of the code. */
function prepareJavaScript(variable, isKnown) {
  const parts = compileCode(`(${asText(variable.settings.javascript)}\n)`, isKnown);
  variable.parts = parts;
  const references = parts.filter((part) => part.name !== undefined);
  if (references.some((part) => part.context !== 'live')) return;
  variable.references = references.map((part) => part.name);
  let index = -1;
  const code = parts.map((part) => {
    if (part.name === undefined) return part.text;
    index += 1;
    return `__tagkitValues[${index}]`;
  }).join('');
  variable.make = (0, window.eval)(`(function (__tagkitValues) { return ${code}; })`);
}

function randomBetween(least, most) {
  if (!(least <= most)) return Math.floor(Math.random() * 2147483648);
  return Math.floor(Math.random() * (most - least + 1)) + least;
}

function readCookie(name, decode, given) {
  const pairs = String(given || document.cookie).split(';').map((pair) => pair.split('='));
  const found = pairs.find(([key]) => key.trim() === name && key.trim());
  if (!found) return undefined;
  const value = found.slice(1).join('=').trim();
  return decode ? decodeQuery(value.replace(/\+/g, '%2B')) : value;
}

/* Google Analytics keeps its client id and sessions in cookies; the simulator writes none. */
function readAnalyticsCookie(field) {
  const names = document.cookie.split(';').map((pair) => pair.trim().split('=')[0]);
  if (field === 'client_id') {
    const value = readCookie('_ga', true);
    return value && value.split('.').slice(-2).join('.');
  }
  const name = names.find((candidate) => /^_ga_/.test(candidate));
  const value = name && readCookie(name, true);
  const place = field === 'session_number' ? 3 : 2;
  return value ? value.split('.')[place].replace(/^s|\$.*$/g, '') : undefined;
}

/* User-provided data by hand or by a variable; what Google would collect by itself is not known. */
function readUserData(runtime, settings) {
  if (settings.mode === 'CODE') return settings.dataSource;
  if (settings.mode !== 'MANUAL') return undefined;
  const data = {};
  ['email', 'phone_number'].forEach((key) => { if (settings[key]) data[key] = settings[key]; });
  const address = {};
  ['first_name', 'last_name', 'street', 'city', 'region', 'country', 'postal_code']
    .forEach((key) => { if (settings[key]) address[key] = settings[key]; });
  if (Object.keys(address).length) data.address = address;
  return data;
}

function selectElement(settings) {
  return settings.selectorType === 'ID' ? document.getElementById(String(settings.elementId))
    : document.querySelector(String(settings.elementSelector));
}

/* Always a trimmed text; what is missing is the text "null" (measured 4). */
function readElement(settings) {
  const element = selectElement(settings);
  let value = null;
  if (element) {
    value = settings.attributeName ? published(element.getAttribute(settings.attributeName))
      : element.textContent;
  }
  return String(value).trim();
}

/* null without the element; else whether so much of it is in view, or how many percent. */
function readVisibility(settings) {
  const element = selectElement(settings);
  if (!element) return null;
  const ratio = isHidden(element) ? 0 : ratioInView(element);
  if (settings.outputMethod === 'PERCENT') return Math.round(ratio * 1000) / 10;
  return ratio > 0 && ratio >= (Number(settings.onScreenRatio) || 50) / 100;
}

const AUTO_EVENT_KEYS = {
  ELEMENT: 'element',
  CLASSES: 'elementClasses',
  ID: 'elementId',
  TARGET: 'elementTarget',
  ATTRIBUTE: 'elementAttribute',
  HISTORY_NEW_URL_FRAGMENT: 'newUrlFragment',
  HISTORY_OLD_URL_FRAGMENT: 'oldUrlFragment',
  HISTORY_NEW_STATE: 'newHistoryState',
  HISTORY_OLD_STATE: 'oldHistoryState',
  HISTORY_CHANGE_SOURCE: 'historyChangeSource',
};

function readAutoEvent(runtime, settings) {
  const read = (key) => runtime.model.get(`gtm.${key}`, 1);
  const element = read('element');
  const fallback = orDefault(undefined, settings);
  switch (settings.varType) {
    case 'TEXT': return (element && visibleText(element)) || fallback;
    case 'TAG_NAME': return (element && element.tagName) || fallback;
    case 'URL': return autoEventUrl(String(read('elementUrl') || fallback || ''), settings);
    case 'ATTRIBUTE':
      if (settings.attribute === undefined) break;
      return (element && published(attribute(element, settings.attribute))) || fallback || '';
    default: break;
  }
  return orDefault(read(AUTO_EVENT_KEYS[settings.varType] || ''), settings);
}

function autoEventUrl(url, settings) {
  switch (settings.component || 'URL') {
    case 'URL': return url;
    case 'IS_OUTBOUND': return Boolean(url) && isOutbound(url, settings.affiliatedDomains);
    default: return urlComponent(url, settings.component, settings);
  }
}

/* Whether a URL leads away from this host and the affiliated domains. */
function isOutbound(url, affiliated) {
  const there = parseUrl(/^https?:\/\//i.test(url) ? url : `http://${url}`);
  const domains = Array.isArray(affiliated) ? affiliated : String(affiliated || '').split(',');
  const ours = domains.map((domain) => String(domain).trim().toLowerCase()).filter(Boolean)
    .concat(hostOf(parseUrl(pageUrl()), true));
  const host = there ? hostOf(there, true) : '';
  return !ours.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

/* Trimmed, and white space between words is one space (measured 3), but a tab alone stays one, as
 * between the cells of a table. */
function visibleText(element) {
  const text = String(element.innerText || element.textContent || '').trim();
  return text.replace(/\xa0+|\s{2,}|\n|\r\t/g, ' ');
}

function readRegexTable(runtime, settings) {
  const flags = isTrue(settings.ignoreCase) ? 'gi' : 'g';
  const input = asText(settings.input);
  for (const row of objectsOf(settings.map)) {
    const key = row.key === undefined || row.key === null ? '' : asText(row.key);
    // measured 4: no group around the pattern, so "a|b" becomes "^a|b$"
    const pattern = new RegExp(isTrue(settings.fullMatch) ? `^${key}$` : key, flags);
    if (pattern.test(input)) {
      return isTrue(settings.replaceAfterMatch) ? input.replace(pattern, row.value) : row.value;
    }
  }
  return orDefault(undefined, settings);
}
