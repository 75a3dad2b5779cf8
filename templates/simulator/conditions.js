// Conditions of triggers.

const patterns = new Map();

function patternOf(source, ignoreCase) {
  const key = `${ignoreCase ? 'i' : ''}/${asText(source)}`;
  if (!patterns.has(key)) {
    let pattern = null;
    try {
      pattern = new RegExp(source, ignoreCase ? 'i' : undefined);
    } catch (error) {
      // A bad pattern never matches.
    }
    patterns.set(key, pattern);
  }
  return patterns.get(key);
}

/* measured 5; each takes the two values and answers yes or no, or throws */
const PREDICATES = {
  EQUALS: (a, b) => String(a) === String(b),
  CONTAINS: (a, b) => String(a).includes(String(b)),
  STARTS_WITH: (a, b) => String(a).startsWith(String(b)),
  ENDS_WITH: (a, b) => String(a).endsWith(String(b)),
  MATCH_REGEX: (a, b, ignoreCase) => {
    const pattern = patternOf(b, ignoreCase);
    return Boolean(pattern) && pattern.test(a);
  },
  GREATER: (a, b) => Number(a) > Number(b),
  GREATER_OR_EQUALS: (a, b) => Number(a) >= Number(b),
  LESS: (a, b) => Number(a) < Number(b),
  LESS_OR_EQUALS: (a, b) => Number(a) <= Number(b),
  CSS_SELECTOR: (element, selector) => {
    try {
      return Boolean(element && element.matches && element.matches(String(selector)));
    } catch (error) {
      return false;
    }
  },
  URL_MATCHES: (a, b) => {
    const [left, right] = [addressOf(a), addressOf(b)];
    return Boolean(left && right) && left === right;
  },
};

/* What counts of a URL: not the query, not www, not a slash at the end; http and https are one. */
function addressOf(text) {
  const url = parseUrl(text);
  if (!url) return null;
  const isWeb = /^https?:$/.test(url.protocol) && !url.port;
  const path = pathOf(url).toLowerCase().replace(/\/$/, '');
  return [isWeb ? 'web' : `${url.protocol}${url.port}`, hostOf(url, true), path].join('|');
}

/* Conditions of one list, those that must hold before those that must not. */
function conditionsOf(list) {
  const conditions = objectsOf(list).map((condition) => {
    const settings = parametersOf(condition);
    const type = textOf(condition.type);
    const ignoreCase = isTrue(settings.ignore_case);
    return {
      type,
      left: settings.arg0,
      right: settings.arg1,
      ignoreCase,
      negate: isTrue(settings.negate),
      key: [type, settings.arg0, settings.arg1, ignoreCase].join('\u0000'),
    };
  });
  return conditions.filter(({ negate }) => !negate)
    .concat(conditions.filter(({ negate }) => negate));
}

class Conditions {
  constructor(runtime) {
    this.runtime = runtime;
    this.cache = new Map();
  }

  /* Conditions are evaluated once per event, variables at every reference (measured 4). */
  forget() {
    this.cache.clear();
  }

  /* null when all hold; otherwise the first that does not, `broken` when it threw. */
  firstFailure(conditions) {
    for (const condition of conditions) {
      const result = this.evaluate(condition);
      if (result.broken || result.holds === condition.negate) return failureOf(condition, result);
    }
    return null;
  }

  evaluate(condition) {
    let result = this.cache.get(condition.key);
    if (!result) {
      result = this.compute(condition);
      this.cache.set(condition.key, result);
    }
    return result;
  }

  compute({ type, left, right, ignoreCase }) {
    let actual;
    let wanted;
    try {
      const { variables } = this.runtime;
      actual = variables.text(left);
      wanted = variables.text(right);
      if (!own(PREDICATES, type)) throw new Error(`there is no condition of the type '${type}'`);
      return { holds: PREDICATES[type](actual, wanted, ignoreCase), actual, wanted };
    } catch (error) {
      this.runtime.recorder.error('condition', type, error);
      return { broken: true, actual, wanted };
    }
  }
}

function failureOf(condition, result) {
  return {
    variable: condition.left === undefined ? '' : condition.left,
    operator: condition.type,
    negate: condition.negate,
    ignoreCase: condition.ignoreCase,
    actual: portable(result.actual),
    wanted: portable(result.wanted),
    ...(result.broken ? { broken: true } : {}),
  };
}
