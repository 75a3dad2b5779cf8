// Scrolling, timers, history, errors.

function listenToScroll(runtime, trigger, key) {
  const settings = runtime.variables.resolve(parametersOf(trigger));
  ['vertical', 'horizontal'].forEach((direction) => {
    if (!isTrue(settings[`${direction}ThresholdOn`])) return;
    const units = settings[`${direction}ThresholdUnits`] === 'PIXELS' ? 'pixels' : 'percent';
    const list = settings[`${direction}Thresholds${units === 'pixels' ? 'Pixels' : 'Percent'}`];
    thresholdsOf(list).forEach((threshold) => {
      // Triggers that share a threshold share its event.
      const marks = listeners.thresholds[direction][units];
      marks[threshold] = (marks[threshold] || []).concat(key);
    });
  });
  listeners.startOnce('scrolls', () => {
    const depth = { horizontal: 0, vertical: 0 };
    let waiting = false;
    const check = () => {
      waiting = false;
      checkScroll(measureScroll(depth));
    };
    // Google's listener measures at every event and compares a moment later.
    const onScroll = () => {
      measureScroll(depth);
      if (waiting) return;
      waiting = true;
      runtime.later(check, 50);
    };
    window.addEventListener('scroll', onScroll, { passive: true });
    window.addEventListener('resize', onScroll);
    listeners.checkScroll = check;
  });
  runtime.later(() => listeners.checkScroll());
}

/* One number that is none spoils the list. */
function thresholdsOf(list) {
  const texts = String(list === undefined ? '' : list).split(',').filter((text) => text.trim());
  const numbers = texts.map(Number);
  return numbers.some(Number.isNaN) ? [] : numbers;
}

/* Depth counts what the viewport shows, so a short page is "scrolled" at once (measured 10). */
function measureScroll(depth) {
  const page = document.scrollingElement || document.documentElement;
  const { clientWidth, clientHeight } = document.documentElement;
  depth.horizontal = Math.max(page.scrollLeft + clientWidth, depth.horizontal);
  depth.vertical = Math.max(page.scrollTop + clientHeight, depth.vertical);
  return {
    horizontal: { pixels: depth.horizontal, percent: (depth.horizontal / page.scrollWidth) * 100 },
    vertical: { pixels: depth.vertical, percent: (depth.vertical / page.scrollHeight) * 100 },
  };
}

function checkScroll(seen) {
  ['horizontal', 'vertical'].forEach((direction) => {
    ['pixels', 'percent'].forEach((units) => {
      const marks = listeners.thresholds[direction][units];
      Object.keys(marks).sort((a, b) => a - b).forEach((threshold) => {
        if (seen[direction][units] < Number(threshold)) return;
        const keys = marks[threshold];
        delete marks[threshold];
        listeners.push({
          event: 'gtm.scrollDepth',
          'gtm.scrollThreshold': Number(threshold),
          'gtm.scrollUnits': units,
          'gtm.scrollDirection': direction,
          'gtm.triggers': keys.join(','),
        });
      });
    });
  });
}

function listenToTimer(runtime, trigger, key) {
  const number = (field) => Number(runtime.variables.text(textOf(fieldOf(field))));
  const interval = number(trigger.interval);
  const limit = number(trigger.limit) || 0; // 0 is endless
  if (!(interval > 0)) {
    runtime.recorder.error('trigger', trigger.name, 'the interval of the timer is no number above 0');
    return;
  }
  const started = Date.now();
  let count = 0;
  const timer = window.setInterval(() => {
    if (limit && count >= limit) {
      window.clearInterval(timer);
      return;
    }
    count += 1;
    const time = Date.now();
    runtime.push({
      event: timerEvent(trigger),
      'gtm.timerId': timer,
      'gtm.timerEventNumber': count,
      'gtm.timerInterval': interval,
      'gtm.timerLimit': limit,
      'gtm.timerStartTime': started,
      'gtm.timerCurrentTime': time,
      'gtm.timerElapsedTime': time - started,
      'gtm.triggers': key,
    });
  }, interval);
}

function listenToHistory() {
  listeners.startOnce('history', () => {
    const watch = stateOf(null, window.history.state);
    const changed = (source, state) => historyChanged(watch, stateOf(source, state));
    window.addEventListener('hashchange', () => changed('hashchange', null));
    window.addEventListener('popstate', (event) => changed('popstate', event.state));
    ['pushState', 'replaceState'].forEach((name) => {
      const native = window.history[name];
      window.history[name] = function (...args) {
        const result = native.apply(this, args);
        changed(name, args[0]);
        return result;
      };
    });
  });
}

const stateOf = (source, state) => ({
  source,
  state: state || null,
  url: withoutFragment(pageUrl()),
  fragment: window.location.hash.replace(/^#/, ''),
});

/* The hashchange that comes with a popstate tells the same change (measured 10). */
function historyChanged(watch, current) {
  const sources = [watch.source, current.source];
  const isEcho = sources.includes('popstate') && sources.includes('hashchange')
    && watch.fragment === current.fragment;
  if (isEcho) return;
  const before = { ...watch };
  Object.assign(watch, current);
  listeners.push({
    event: 'gtm.historyChange',
    'gtm.historyChangeSource': current.source,
    'gtm.oldUrlFragment': before.fragment,
    'gtm.newUrlFragment': current.fragment,
    'gtm.oldHistoryState': before.state,
    'gtm.newHistoryState': current.state,
    'gtm.oldUrl': before.url,
    'gtm.newUrl': current.url,
  });
}

function listenToErrors() {
  listeners.startOnce('errors', () => {
    const before = window.onerror;
    window.onerror = function (message, url, line, ...rest) {
      const answer = before ? before.call(this, message, url, line, ...rest) : false;
      listeners.push({
        event: 'gtm.pageError',
        'gtm.errorMessage': message,
        'gtm.errorUrl': published(url),
        'gtm.errorLineNumber': line,
      });
      return answer;
    };
  });
}
