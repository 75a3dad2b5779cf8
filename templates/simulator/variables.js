// Variables: what a reference gives.

class Variables {
  constructor(runtime, version) {
    this.runtime = runtime;
    this.byName = new Map([['_event', { name: '_event', type: 'e', settings: {} }]]);
    (version.builtInVariable || []).forEach((entity) => this.addBuiltIn(entity));
    (version.variable || []).forEach((entity) => {
      const { name, type, formatValue } = entity;
      this.byName.set(name, { name, type, formatValue, settings: parametersOf(entity) });
      if (!own(READERS, type)) runtime.recorder.uncovered('variable', entity);
    });
    this.inProgress = new Set();
    this.live = [];
    this.isKnown = (name) => this.byName.has(name);
  }

  addBuiltIn(entity) {
    const [type, settings] = BUILT_INS[entity.type] || ['', {}];
    if (!type) this.runtime.recorder.uncovered('variable', entity);
    this.byName.set(entity.name, { name: entity.name, type, settings });
  }

  /* The value now; nothing is cached (measured 4). A variable inside itself is undefined. */
  value(name) {
    const variable = this.byName.get(name);
    if (!variable || this.inProgress.has(name)) return undefined;
    this.inProgress.add(name);
    try {
      return this.format(this.read(variable), variable.formatValue || {});
    } finally {
      this.inProgress.delete(name);
    }
  }

  read(variable) {
    const reader = READERS[variable.type];
    if (!reader) return undefined;
    try {
      return reader(this.runtime, variable.settings, this, variable);
    } catch (error) {
      this.runtime.recorder.error('variable', variable.name, error);
      return variable.type === 'jsm' ? undefined : false; // measured 4
    }
  }

  /* One bare reference keeps its type; in mixed text undefined and null are empty. */
  text(template) {
    if (typeof template !== 'string' || !template.includes('{{')) return template;
    const single = SINGLE_REFERENCE.exec(template);
    if (single && this.isKnown(single[1])) return this.value(single[1]);
    return splitReferences(template, this.isKnown)
      .map((part) => (part.name === undefined ? part.text : this.value(part.name))).join('');
  }

  /* Settings with every text resolved, lists and rows included. */
  resolve(settings) {
    if (Array.isArray(settings)) return settings.map((item) => this.resolve(item));
    if (!isPlainObject(settings)) return this.text(settings);
    const resolved = {};
    Object.keys(settings).forEach((key) => { resolved[key] = this.resolve(settings[key]); });
    return resolved;
  }

  /* A script ready to run: unquoted references are live, quoted ones are text (measured 9). */
  code(parts) {
    return parts.map((part) => {
      if (part.name === undefined) return part.text;
      if (part.context === 'live') return this.liveReference(part.name);
      const value = this.value(part.name);
      if (part.context === 'regex') return escapeForRegex(value);
      return part.context === 'comment' ? '' : escapeForString(value);
    }).join('');
  }

  liveReference(name) {
    if (!this.live.includes(name)) this.live.push(name);
    const id = JSON.stringify(this.runtime.publicId);
    return `google_tag_manager["rm"][${id}](${this.live.indexOf(name)})`;
  }

  format(value, rules) {
    let result = value;
    if (typeof result === 'string') {
      if (rules.caseConversionType === 'LOWERCASE') result = result.toLowerCase();
      if (rules.caseConversionType === 'UPPERCASE') result = result.toUpperCase();
    }
    const convert = (rule) => { result = this.text(rule.value === undefined ? '' : rule.value); };
    if (rules.convertNullToValue && result === null) convert(rules.convertNullToValue);
    if (rules.convertUndefinedToValue && result === undefined) {
      convert(rules.convertUndefinedToValue);
    }
    if (rules.convertTrueToValue && result === true) convert(rules.convertTrueToValue);
    if (rules.convertFalseToValue && result === false) convert(rules.convertFalseToValue);
    return rules.convertToNumber ? toNumber(result, rules.convertToNumber) : result;
  }
}

/* "1,234.50" with PERIOD -> 1234.5; a text that is no number stays (not measured). */
function toNumber(value, separator) {
  if (typeof value !== 'string') return value;
  const lastComma = value.lastIndexOf(',') > value.lastIndexOf('.');
  const comma = separator === 'COMMA' || (separator === 'AUTOMATIC' && lastComma);
  const plain = comma ? value.replace(/[.\s]/g, '').replace(',', '.')
    : value.replace(/[,\s]/g, '');
  return plain === '' || Number.isNaN(Number(plain)) ? value : Number(plain);
}

const orDefault = (value, settings, variables) => (
  value === undefined && isTrue(settings.setDefaultValue)
    ? variables.text(settings.defaultValue === undefined ? '' : settings.defaultValue) : value);

function rowsToObject(rows, variables, key = 'parameter', value = 'parameterValue') {
  const object = {};
  (rows || []).forEach((row) => {
    object[variables.text(row[key])] = variables.text(row[value]);
  });
  return object;
}
