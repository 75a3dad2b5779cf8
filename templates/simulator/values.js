// Values of an export, and copies that can leave the page.

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
