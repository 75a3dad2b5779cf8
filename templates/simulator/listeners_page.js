// Scrolling, timers, history, errors.

function listenToScroll(listeners, trigger, key) {
  const settings = listeners.runtime.variables.resolve(parametersOf(trigger));
  ['vertical', 'horizontal'].forEach((direction) => {
    if (!isTrue(settings[`${direction}ThresholdOn`])) return;
    const units = settings[`${direction}ThresholdUnits`] === 'PIXELS' ? 'pixels' : 'percent';
    const list = settings[`${direction}Thresholds${units === 'pixels' ? 'Pixels' : 'Percent'}`];
    String(list || '').split(',').map(Number).filter((number) => number >= 0)
      .forEach((threshold) => addThreshold(listeners, { direction, units, threshold }, key));
  });
  listeners.startOnce('scrolls', () => {
    window.addEventListener('scroll', () => checkScroll(listeners), { passive: true });
    window.addEventListener('resize', () => checkScroll(listeners));
  });
  listeners.runtime.later(() => checkScroll(listeners));
}

/* Triggers that share a threshold share its event. */
function addThreshold(listeners, mark, key) {
  const name = `${mark.direction} ${mark.threshold} ${mark.units}`;
  const entry = listeners.thresholds.get(name) || { mark, keys: [], fired: false };
  entry.keys.push(key);
  listeners.thresholds.set(name, entry);
}

/* Depth counts what the viewport shows, so a short page is "scrolled" at once (measured 10). */
function checkScroll(listeners) {
  const page = document.scrollingElement || document.documentElement;
  const seen = {
    vertical: { pixels: page.scrollTop + window.innerHeight, size: page.scrollHeight },
    horizontal: { pixels: page.scrollLeft + window.innerWidth, size: page.scrollWidth },
  };
  listeners.thresholds.forEach((entry) => {
    const { direction, units, threshold } = entry.mark;
    const { pixels, size } = seen[direction];
    const depth = units === 'pixels' ? pixels : (pixels / size) * 100;
    if (entry.fired || Math.round(depth * 10) / 10 < threshold) return;
    entry.fired = true;
    listeners.push({
      event: 'gtm.scrollDepth',
      'gtm.scrollThreshold': threshold,
      'gtm.scrollUnits': units,
      'gtm.scrollDirection': direction,
      'gtm.triggers': entry.keys.join(','),
    });
  });
}

function listenToTimer(listeners, trigger, key) {
  const { variables } = listeners.runtime;
  const number = (field) => Number(variables.text((field && field.value) || ''));
  const interval = number(trigger.interval);
  const limit = number(trigger.limit) || Infinity; // an empty limit is endless
  if (!(interval > 0)) return;
  const started = Date.now();
  let count = 0;
  const timer = window.setInterval(() => {
    count += 1;
    if (count >= limit) window.clearInterval(timer);
    const now = Date.now();
    listeners.push({
      event: timerEvent(trigger),
      'gtm.timerEventNumber': count,
      'gtm.timerInterval': interval,
      'gtm.timerLimit': limit === Infinity ? undefined : limit,
      'gtm.timerStartTime': started,
      'gtm.timerCurrentTime': now,
      'gtm.timerElapsedTime': now - started,
      'gtm.triggers': key,
    });
  }, interval);
}

function listenToHistory(listeners) {
  listeners.startOnce('history', () => {
    const watch = { url: window.location.href, state: window.history.state };
    ['pushState', 'replaceState'].forEach((name) => {
      const native = window.history[name];
      window.history[name] = function (...args) {
        const result = native.apply(this, args);
        historyChanged(listeners, watch, name);
        return result;
      };
    });
    window.addEventListener('popstate', () => historyChanged(listeners, watch, 'popstate'));
    // The hashchange that follows a popstate tells the same change (measured 10).
    window.addEventListener('hashchange', () => {
      if (watch.url !== window.location.href) historyChanged(listeners, watch, 'hashchange');
    });
  });
}

function historyChanged(listeners, watch, source) {
  const before = { url: watch.url, state: watch.state };
  watch.url = window.location.href;
  watch.state = window.history.state;
  const fragment = (url) => urlComponent(url, 'FRAGMENT', {});
  listeners.push({
    event: 'gtm.historyChange',
    'gtm.historyChangeSource': source,
    'gtm.oldUrlFragment': fragment(before.url),
    'gtm.newUrlFragment': fragment(watch.url),
    'gtm.oldHistoryState': before.state,
    'gtm.newHistoryState': watch.state,
    'gtm.oldUrl': before.url.split('#')[0],
    'gtm.newUrl': watch.url.split('#')[0],
  });
}

function listenToErrors(listeners) {
  listeners.startOnce('errors', () => {
    const before = window.onerror;
    window.onerror = function (message, url, line, ...rest) {
      listeners.push({
        event: 'gtm.pageError',
        'gtm.errorMessage': message,
        'gtm.errorUrl': url,
        'gtm.errorLineNumber': line,
      });
      return before ? before.call(this, message, url, line, ...rest) : false;
    };
  });
}
