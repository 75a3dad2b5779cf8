// Conditions of triggers.

/* measured 5; each takes the two values and answers yes or no, or throws */
const PREDICATES = {
  EQUALS: (a, b) => String(a) === String(b),
  CONTAINS: (a, b) => String(a).includes(String(b)),
  STARTS_WITH: (a, b) => String(a).startsWith(String(b)),
  ENDS_WITH: (a, b) => String(a).endsWith(String(b)),
  MATCH_REGEX: (a, b, ignoreCase) => {
    try {
      return new RegExp(String(b), ignoreCase ? 'i' : undefined).test(String(a));
    } catch (error) {
      return false; // a bad pattern never matches
    }
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
    const [left, right] = [parseUrl(a), parseUrl(b)];
    const key = (url) => `${url.protocol}//${url.host}${url.pathname}`.toLowerCase();
    return Boolean(left && right) && key(left) === key(right);
  },
};

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
    for (const condition of conditions || []) {
      const settings = parametersOf(condition);
      const negate = isTrue(settings.negate);
      const result = this.evaluate(condition.type, settings);
      if (result.broken || result.holds === negate) {
        return {
          variable: settings.arg0, operator: condition.type, negate,
          ignoreCase: isTrue(settings.ignore_case), actual: portable(result.actual),
          wanted: portable(result.wanted), ...(result.broken ? { broken: true } : {}),
        };
      }
    }
    return null;
  }

  evaluate(type, settings) {
    const key = JSON.stringify([type, settings.arg0, settings.arg1, settings.ignore_case]);
    if (!this.cache.has(key)) this.cache.set(key, this.compute(type, settings));
    return this.cache.get(key);
  }

  compute(type, settings) {
    try {
      const { variables } = this.runtime;
      const actual = variables.text(settings.arg0);
      const wanted = variables.text(settings.arg1);
      const holds = PREDICATES[type](actual, wanted, isTrue(settings.ignore_case));
      return { holds, actual, wanted };
    } catch (error) {
      this.runtime.recorder.error('condition', type, error);
      return { broken: true };
    }
  }
}
