// Variables: what a reference gives.

class Variables {
  constructor(runtime, version) {
    this.runtime = runtime;
    this.byName = new Map([['_event', { name: '_event', type: 'e', settings: {} }]]);
    version.builtIns.forEach((entity) => this.addBuiltIn(entity));
    version.variables.forEach((entity) => {
      const { name, type } = entity;
      const formatValue = isPlainObject(entity.formatValue) ? entity.formatValue : null;
      this.byName.set(name, { name, type, formatValue, settings: parametersOf(entity) });
      if (!own(READERS, type)) runtime.recorder.uncovered('variable', entity);
    });
    this.inProgress = new Set();
    this.captured = 0;
    this.templates = new Map();
    this.isKnown = (name) => this.byName.has(name);
  }

  addBuiltIn(entity) {
    const [type, settings] = own(BUILT_INS, entity.type) ? BUILT_INS[entity.type] : ['', {}];
    if (!type) this.runtime.recorder.uncovered('variable', entity);
    this.byName.set(entity.name, { name: entity.name, type, settings });
  }

  /* The value now; nothing is cached (measured 4). A variable inside itself is undefined. */
  value(name) {
    const variable = this.byName.get(name);
    if (!variable || this.inProgress.has(name)) return undefined;
    this.inProgress.add(name);
    try {
      const value = this.read(variable);
      return variable.formatValue ? this.format(value, variable.formatValue) : value;
    } finally {
      this.inProgress.delete(name);
    }
  }

  read(variable) {
    const { type, settings } = variable;
    if (!own(READERS, type) || this.runtime.isForbidden(type)) return undefined;
    try {
      const isCode = type === 'jsm';
      return READERS[type](this.runtime, isCode ? settings : this.resolve(settings), variable);
    } catch (error) {
      this.runtime.recorder.error('variable', variable.name, error);
      return type === 'jsm' ? undefined : false; // measured 4
    }
  }

  /* One bare reference keeps its type; in mixed text undefined and null are empty. */
  text(template) {
    if (typeof template !== 'string' || !template.includes('{{')) return template;
    let parts = this.templates.get(template);
    if (!parts) {
      parts = splitReferences(template, this.isKnown);
      this.templates.set(template, parts);
    }
    if (parts.length === 1) {
      return parts[0].name === undefined ? parts[0].text : this.value(parts[0].name);
    }
    return parts.map((part) => (part.name === undefined ? part.text : this.value(part.name)))
      .join('');
  }

  /* Settings with every text resolved, lists and rows included. */
  resolve(settings) {
    if (typeof settings === 'string') return this.text(settings);
    if (Array.isArray(settings)) return settings.map((item) => this.resolve(item));
    if (!settings || typeof settings !== 'object') return settings;
    const resolved = {};
    Object.keys(settings).forEach((key) => { resolved[key] = this.resolve(settings[key]); });
    return resolved;
  }

  /* A script ready to run: unquoted references are values, quoted ones are text (measured 9). */
  code(parts) {
    return parts.map((part) => {
      if (part.name === undefined) return part.text;
      const value = this.value(part.name);
      switch (part.context) {
        case 'live': return this.capture(value);
        case 'regex': return escapeForRegex(value);
        case 'comment': return '';
        default: return escapeForString(value);
      }
    }).join('');
  }

  /* The script gets the value of now, whenever it runs: google_tag_manager.rm keeps it. */
  capture(value) {
    this.captured += 1;
    this.runtime.captured[this.captured] = value;
    return `google_tag_manager["rm"][${JSON.stringify(this.runtime.publicId)}](${this.captured})`;
  }

  format(value, rules) {
    let result = value;
    if (typeof result === 'string') {
      if (rules.caseConversionType === 'LOWERCASE') result = result.toLowerCase();
      if (rules.caseConversionType === 'UPPERCASE') result = result.toUpperCase();
    }
    const convert = (rule) => {
      const wanted = fieldOf(rule);
      result = this.text(wanted === undefined ? '' : wanted);
    };
    if (rules.convertNullToValue && result === null) convert(rules.convertNullToValue);
    if (rules.convertUndefinedToValue && result === undefined) {
      convert(rules.convertUndefinedToValue);
    }
    if (rules.convertTrueToValue && result === true) convert(rules.convertTrueToValue);
    if (rules.convertFalseToValue && result === false) convert(rules.convertFalseToValue);
    return rules.convertToNumber ? toNumber(result, fieldOf(rules.convertToNumber)) : result;
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
