// Values of an export, and copies that can leave the page.

const own = (object, key) => Object.prototype.hasOwnProperty.call(object, key);

/* A literal or its like; an instance of a class, an element or the window is none. */
function isPlainObject(value) {
  if (Object.prototype.toString.call(value) !== '[object Object]') return false;
  if (value.nodeType || value === value.window) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || own(prototype, 'isPrototypeOf');
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

// More than this of a message is of no use to a reader.
const MOST_NODES = 3000;

/* A copy that can leave the page: elements and functions become text; what is too deep or too much
 * is cut, which also ends a cycle. */
function portable(value, depth = 0, budget = { left: MOST_NODES }) {
  budget.left -= 1;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value === undefined) return undefined;
  if (typeof value === 'function') return '[function]';
  if (typeof value !== 'object') return asText(value);
  if (value instanceof window.Element) return describeElement(value);
  if (depth > 8 || budget.left < 0) return asText(value);
  if (Array.isArray(value) || isArguments(value)) {
    return Array.from(value, (item) => portable(item, depth + 1, budget));
  }
  if (value instanceof Date) return dateText(value);
  if (!isPlainObject(value)) return asText(value);
  const copy = {};
  Object.keys(value).forEach((key) => {
    if (budget.left < 0) return;
    try {
      copy[key] = portable(value[key], depth + 1, budget);
    } catch (error) {
      copy[key] = '[unreadable]'; // a getter that throws
    }
  });
  return copy;
}

const dateText = (date) => (Number.isNaN(date.getTime()) ? String(date) : date.toISOString());

function asText(value) {
  try {
    return String(value);
  } catch (error) {
    return '[object]'; // nothing in it tells how it is written
  }
}

function describeElement(element) {
  const id = element.id ? `#${element.id}` : '';
  const classes = Array.from(element.classList, (name) => `.${name}`).join('');
  return `<${element.tagName.toLowerCase()}${id}${classes}>`;
}

/* Parameters of an export entity, by key: texts stay texts, lists of maps become rows. */
function parametersOf(entity) {
  const values = {};
  objectsOf(entity.parameter).forEach((parameter) => {
    values[String(parameter.key)] = parameterValue(parameter);
  });
  return values;
}

function parameterValue(parameter) {
  switch (parameter.type) {
    case 'LIST': return objectsOf(parameter.list).map(parameterValue);
    case 'MAP': {
      const row = {};
      objectsOf(parameter.map).forEach((entry) => { row[String(entry.key)] = parameterValue(entry); });
      return row;
    }
    // An export leaves `value` out when the text is empty.
    default: return own(parameter, 'value') && parameter.value !== null ? parameter.value : '';
  }
}

/* The value of a field that is one parameter without a key: {type, value}. */
const fieldOf = (field) => (field && typeof field === 'object' ? field.value : field);

const isTrue = (text) => text === 'true' || text === true;

const listOf = (value) => (Array.isArray(value) ? value : []);

const objectsOf = (value) => (
  listOf(value).filter((item) => item && typeof item === 'object' && !Array.isArray(item)));

const textsOf = (value) => (
  listOf(value).filter((item) => typeof item === 'string' || typeof item === 'number').map(String));

const textOf = (value) => (
  value === undefined || value === null || typeof value === 'object' ? '' : String(value));

/* A container of any shape as one that can be run: lists are lists, ids and names texts, and what
 * is no entity is left out. A cycle is cut. */
function containerOf(containerExport) {
  const given = isPlainObject(containerExport) ? containerExport : {};
  const version = withoutCycles(
    isPlainObject(given.containerVersion) ? given.containerVersion : given);
  return {
    containerId: textOf(version.containerId),
    versionId: textOf(version.containerVersionId),
    publicId: textOf(version.container && version.container.publicId) || 'GTM-XXXXXXX',
    tags: objectsOf(version.tag).map(tagOf),
    triggers: objectsOf(version.trigger).map((trigger) => ({
      ...trigger, triggerId: textOf(trigger.triggerId), ...namedType(trigger),
    })),
    variables: objectsOf(version.variable).map((entity) => ({ ...entity, ...namedType(entity) })),
    builtIns: objectsOf(version.builtInVariable).map(namedType),
  };
}

const namedType = ({ name, type }) => ({ name: textOf(name), type: textOf(type) });

function tagOf(tag) {
  return {
    ...tag,
    ...namedType(tag),
    tagId: textOf(tag.tagId),
    firingTriggerId: textsOf(tag.firingTriggerId),
    blockingTriggerId: textsOf(tag.blockingTriggerId),
    setupTag: objectsOf(tag.setupTag),
    teardownTag: objectsOf(tag.teardownTag),
    paused: isTrue(tag.paused),
    liveOnly: isTrue(tag.liveOnly),
    startMs: Number(tag.scheduleStartMs) || 0,
    endMs: Number(tag.scheduleEndMs) || 0,
    priority: Number(fieldOf(tag.priority)) || 0,
  };
}

function withoutCycles(value, parents = new Set()) {
  if (!value || typeof value !== 'object') return value;
  if (parents.has(value)) return undefined;
  parents.add(value);
  let copy;
  if (Array.isArray(value)) {
    copy = value.map((item) => withoutCycles(item, parents));
  } else {
    copy = {};
    Object.keys(value).forEach((key) => { copy[key] = withoutCycles(value[key], parents); });
  }
  parents.delete(value);
  return copy;
}
