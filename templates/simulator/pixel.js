// Stands in for https://connect.facebook.net/en_US/fbevents.js.
//
// It answers fbq() as the real library was seen to do (version 2.9.203, calls recorded one by one),
// but adds each hit to window.__tagkit.meta, as {pixel, event, cd, eid, ud, dpo, tag, eventId, time},
// instead of sending it. `cd` keeps the JavaScript types, so that a reader sees a quoted number; on
// the wire all is text.

/* report(kind, hit) is told of each hit; callerOf(call) knows the tag and event behind a call,
 * addressOfPage() what is told as its URL. */
function standInForPixel(window, report, callerOf, addressOfPage) {
  const fbq = window.fbq;
  // The real library needs the stub as well, and keeps its state when it is loaded again.
  if (!fbq || fbq.callMethod) return;
  const log = window.__tagkit = window.__tagkit || {};
  const hits = log.meta = log.meta || [];

  const PIXEL_ID = /^[1-9][0-9]{0,25}$/;
  const STANDARD_EVENTS = new Set(['AddPaymentInfo', 'AddToCart', 'AddToWishlist',
    'CompleteRegistration', 'Contact', 'CustomizeProduct', 'Donate', 'FindLocation',
    'InitiateCheckout', 'Lead', 'PageView', 'Purchase', 'Schedule', 'Search', 'StartTrial',
    'SubmitApplication', 'Subscribe', 'ViewContent']);
  // The client's own list, shorter than ISO 4217.
  const CURRENCIES = new Set(('AED ARS AUD BOB BRL CAD CHF CLP CNY COP CRC CZK DKK EUR GBP GTQ HKD '
    + 'HNL HUF IDR ILS INR ISK JPY KRW MOP MXN MYR NIO NOK NZD PEN PHP PLN PYG QAR RON RUB SAR SEK '
    + 'SGD THB TRY TWD USD UYU VEF VND ZAR').split(' '));

  const AUTOMATIC = { allowDuplicates: true, mark: { automatic: true } };

  const pixels = new Map();
  const settings = {};
  const warned = new Set();
  let revoked = false;
  let privacy = {};
  let watchesHistory = false;

  /* Each complaint is made once. */
  function warn(text) {
    if (!warned.has(text)) window.console.warn(text);
    warned.add(text);
  }

  // ------------------------------------------------------------------ sending

  function record(hit) {
    hits.push(hit);
    report('meta', hit);
    watchHistory();
  }

  /* The call that is being answered: who made it, as far as that is known. */
  let caller = null;

  function hitOf(pixel, event, cd, eventId) {
    const hit = {
      pixel: pixel.id, event, cd: customData(cd), url: addressOfPage(),
      tag: caller ? caller.tag : null, eventId: caller ? caller.eventId : null,
      time: Math.round(window.performance.now()),
    };
    if (eventId !== undefined && eventId !== null) hit.eid = String(eventId);
    if (pixel.userData && Object.keys(pixel.userData).length) hit.ud = { ...pixel.userData };
    if (pixel.agent) hit.agent = pixel.agent;
    return Object.assign(hit, privacy);
  }

  /* null and undefined are left out, the rest is kept. */
  function customData(cd) {
    const kept = {};
    Object.keys(cd || {}).forEach((key) => {
      const value = cd[key];
      if (value === null || value === undefined) return;
      kept[key] = typeof value === 'number' && !Number.isFinite(value) ? String(value)
        : JSON.parse(JSON.stringify(value));
    });
    return kept;
  }

  /* After the first event every change of the URL counts as a page view. */
  function watchHistory() {
    if (watchesHistory || fbq.disablePushState === true) return;
    watchesHistory = true;
    let url = window.location.href;
    const changed = () => {
      if (url === window.location.href) return;
      url = window.location.href;
      // One that has to wait for consent forgets that it may be a duplicate.
      if (revoked) queue.push(['trackCustom', 'PageView']);
      else toEveryPixel('PageView', {}, undefined, AUTOMATIC);
    };
    ['pushState', 'replaceState'].forEach((name) => {
      const native = window.history[name];
      window.history[name] = function (...args) {
        const result = native.apply(this, args);
        changed();
        return result;
      };
    });
    window.addEventListener('popstate', changed);
  }

  // ------------------------------------------------------------------ commands

  function validId(id) {
    const isNumber = typeof id === 'number';
    if ((isNumber && !Number.isSafeInteger(id)) || !PIXEL_ID.test(String(id))) {
      warn('Invalid PixelID: null.');
      return null;
    }
    return String(id);
  }

  function init(rawId, userData, options) {
    const id = validId(rawId);
    if (!id) return;
    const known = pixels.get(id);
    const data = cleanUserData(userData);
    if (known && (known.userData || !data)) {
      warn(`Duplicate Pixel ID: ${id}.`);
      return;
    }
    const pixel = known || { id };
    if (data) pixel.userData = data;
    if (options && options.agent) pixel.agent = String(options.agent);
    pixels.set(id, pixel);
  }

  function cleanUserData(userData) {
    if (userData === undefined || userData === null) return undefined;
    if (typeof userData !== 'object') {
      warn(`Call to "fbq('init', ...);" with parameter "user_data" has an invalid value of `
        + `"${userData}"`);
      return undefined;
    }
    const kept = {};
    Object.keys(userData).forEach((key) => {
      const value = userData[key];
      if (value === undefined || value === null || value === '') return;
      if (key === 'em' && !/^[^@\s]+@[^@\s]+$|^[a-f0-9]{64}$/i.test(String(value).trim())) {
        warn("An invalid email address was specified for 'em'. This data will not be sent with any "
          + 'events for this Pixel.');
        return;
      }
      kept[key] = String(value);
    });
    return Object.keys(kept).length ? kept : undefined;
  }

  function track(event, cd, options) {
    checkEvent(event, cd);
    trackCustom(event, cd, options);
  }

  function trackCustom(event, cd, options) {
    const given = options || {};
    const eventId = given.eventID === undefined ? given.event_id : given.eventID;
    toEveryPixel(event, cd, eventId, { allowDuplicates: fbq.allowDuplicatePageViews });
  }

  /* PageView goes out once per pixel and page, unless duplicates are allowed. */
  function toEveryPixel(event, cd, eventId, { allowDuplicates, mark }) {
    pixels.forEach((pixel) => {
      const repeated = event === 'PageView' && pixel.viewed && !allowDuplicates;
      if (repeated || pixel.trackSingleOnly) return;
      if (event === 'PageView') pixel.viewed = true;
      record(Object.assign(hitOf(pixel, event, cd, eventId), mark));
    });
  }

  function trackSingle(id, event, cd, options) {
    checkEvent(event, cd);
    trackSingleCustom(id, event, cd, options);
  }

  /* Only the spelling eventID is read here, unlike in track. */
  function trackSingleCustom(id, event, cd, options) {
    const pixel = pixels.get(String(id));
    if (!pixel) {
      warn(`Pixel ${id} not found`);
      return;
    }
    record(hitOf(pixel, event, cd, (options || {}).eventID));
  }

  function checkEvent(event, cd) {
    if (!event) {
      warn('Missing event name. Track events must be logged with an event name '
        + 'fbq("track", eventName)');
    } else if (!STANDARD_EVENTS.has(event)) {
      warn(`You are sending a non-standard event '${event}'. Use trackCustom instead.`);
    } else if (event === 'Purchase') {
      checkPurchase(cd || {});
    }
  }

  function checkPurchase({ value, currency }) {
    const missing = (name) => warn(`Required parameter '${name}' is missing for event 'Purchase'.`);
    const invalid = (name) => warn(`Parameter '${name}' is invalid for event 'Purchase'.`);
    if (value === undefined) missing('value');
    else if (!/^-?\d+(\.\d+)?$/.test(String(value))) invalid('value');
    else if (Number(value) < 0) warn("Parameter 'value' is negative for event 'Purchase'.");
    if (currency === undefined) {
      if (value !== undefined) missing('currency');
    } else if (!CURRENCIES.has(String(currency).toUpperCase())) {
      invalid('currency');
    }
  }

  function consent(action) {
    if (action === 'revoke') {
      revoked = true;
    } else if (action === 'grant') {
      revoked = false;
      drain();
    } else {
      warn(`"fbq('${action}', ...);" is not a valid fbq('consent', ...) action. `
        + "Valid actions are 'revoke' and 'grant'.");
    }
  }

  function set(name, value, id) {
    const pixel = pixels.get(String(id));
    switch (name) {
      case 'autoConfig': // may come before init; anything but true opts out
        settings[String(id)] = { autoConfig: value === true || value === 'true' };
        break;
      case 'agent':
        if (pixel) pixel.agent = String(value);
        else warn(`Trying to set argument ${value} for uninitialized Pixel ID ${id}.`);
        break;
      case 'trackSingleOnly':
        if (pixel) pixel.trackSingleOnly = value === true;
        break;
      default:
        warn(`Unsupported metadata argument: ${name}.`);
    }
  }

  function dataProcessingOptions(options, country, state) {
    privacy = { dpo: (options || []).join(',') };
    if (country !== undefined) privacy.dpoco = country;
    if (state !== undefined) privacy.dpost = state;
  }

  const ignore = () => {};
  const COMMANDS = {
    init, addPixelId: init, track, trackCustom, trackSingle, trackSingleCustom, consent, set,
    dataProcessingOptions, trackShopify: ignore, send: ignore, on: ignore, loadPlugin: ignore,
    optIn: ignore, optOut: ignore, setUserProperties: ignore, trackSingleSystem: ignore,
    fire: ignore,
  };

  /* While consent is revoked every call waits in the queue, but those about consent. */
  function dispatch(args) {
    const [command, ...rest] = Array.isArray(args[0]) ? args[0] : Array.from(args);
    caller = callerOf(args);
    if (revoked && command !== 'consent') queue.push(args);
    else if (command === undefined) warn('You must provide an argument to fbq().');
    else if (COMMANDS[command]) COMMANDS[command](...rest);
    else warn(`"fbq('${command}', ...);" is not a valid fbq command.`);
  }

  /* A revoke in the queue stops the drain: a grant that waits behind it is not seen. */
  function drain() {
    while (queue.length && !revoked) dispatch(queue.shift());
  }

  // ------------------------------------------------------------------ start

  const queue = fbq.queue = fbq.queue || [];
  log.metaSettings = settings;
  fbq.callMethod = (...args) => dispatch(args);
  drain();
}
