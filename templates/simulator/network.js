// Keeps requests to Google's and Meta's measurement hosts from leaving the page.
//
// A script gets its load event and an answer (fbevents.js: the stand-in), an image its load event,
// fetch and XMLHttpRequest an empty 204, sendBeacon true. What stands in the page's own HTML is
// loaded by the browser before any script can see it.

const GOOGLE_HOSTS = new RegExp('(^|\\.)(googletagmanager\\.com|google-analytics\\.com'
  + '|analytics\\.google\\.com|doubleclick\\.net|googleadservices\\.com|googlesyndication\\.com'
  + '|googletagservices\\.com|app-measurement\\.com)$');
const GOOGLE_SITES = /(^|\.)google(\.[a-z]{2,3}){1,2}$/;
const GOOGLE_PATHS = /^\/(ccm|pagead|ads|gmp|rmkt|measurement|g\/collect|j\/collect|collect)(\/|$)/;
const META_HOSTS = /(^|\.)(connect\.facebook\.net|facebook\.net)$/;
const META_SITES = /(^|\.)facebook\.com$/;
const FBEVENTS = /(^|\.)facebook\.net\/.*\/fbevents\.js/;

const interception = { installed: false, block: 'measurement', loaded: new WeakMap() };

/* Whether a request to this URL is kept from leaving. */
function isKept(text) {
  const url = absoluteUrl(text);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  if (interception.block === 'all') return url.origin !== window.location.origin;
  if (GOOGLE_HOSTS.test(url.hostname) || META_HOSTS.test(url.hostname)) return true;
  if (META_SITES.test(url.hostname)) return /^\/tr(\/|$)/.test(url.pathname);
  return GOOGLE_SITES.test(url.hostname) && GOOGLE_PATHS.test(url.pathname);
}

function keep(url, method, by) {
  const entry = {
    url: absoluteUrl(url).href, method, by, time: now(),
    tag: acting ? acting.tag : null, eventId: acting ? acting.eventId : null,
  };
  recordOfPage().network.push(entry);
  tell('network', entry);
}

/* Starts to keep requests; the first call decides what: 'measurement' (default) or 'all'. */
function intercept(block) {
  if (interception.installed) return;
  interception.installed = true;
  interception.block = block === 'all' ? 'all' : 'measurement';
  interceptSources();
  interceptMarkup();
  interceptFetch();
  interceptXhr();
  interceptBeacons();
  interceptForms();
  attributePixelCalls();
}

// ------------------------------------------------------------------ elements with a source

const SOURCES = [['HTMLScriptElement', 'script'], ['HTMLImageElement', 'img'],
  ['HTMLIFrameElement', 'iframe']];

function interceptSources() {
  SOURCES.forEach(([interfaceName, by]) => {
    const { prototype } = window[interfaceName];
    const native = Object.getOwnPropertyDescriptor(prototype, 'src');
    Object.defineProperty(prototype, 'src', {
      ...native,
      get() {
        const kept = interception.loaded.get(this);
        return kept === undefined ? native.get.call(this) : kept;
      },
      set(value) {
        if (isKept(value)) keepSource(this, value, by);
        else {
          interception.loaded.delete(this);
          native.set.call(this, value);
        }
      },
    });
  });
  const setAttribute = window.Element.prototype.setAttribute;
  window.Element.prototype.setAttribute = function (name, value) {
    const source = String(name).toLowerCase() === 'src' && SOURCES.find(
      ([interfaceName]) => this instanceof window[interfaceName]);
    if (source && isKept(value)) keepSource(this, value, source[1]);
    else setAttribute.call(this, name, value);
  };
  const getAttribute = window.Element.prototype.getAttribute;
  window.Element.prototype.getAttribute = function (name) {
    const kept = String(name).toLowerCase() === 'src' ? interception.loaded.get(this) : undefined;
    return kept === undefined ? getAttribute.call(this, name) : kept;
  };
}

/* The element behaves as if its source had been loaded. */
function keepSource(element, value, by) {
  const url = absoluteUrl(value).href;
  interception.loaded.set(element, url);
  if (by === 'script') {
    whenConnected(element, () => {
      keep(url, 'GET', by);
      window.setTimeout(() => answerScript(element, url), 0);
    });
    return;
  }
  keep(url, 'GET', by);
  window.setTimeout(() => element.dispatchEvent(new Event('load')), 0);
}

/* A script asks for its source when it enters the page. */
function whenConnected(element, action) {
  const context = acting;
  if (element.isConnected) {
    action();
    return;
  }
  const observer = new MutationObserver(() => {
    if (!element.isConnected) return;
    observer.disconnect();
    actAs(context, action);
  });
  observer.observe(document, { childList: true, subtree: true });
}

function answerScript(element, url) {
  if (FBEVENTS.test(url)) standInForPixel(window, tell, callerOf, pageUrl);
  element.dispatchEvent(new Event('load'));
}

// ------------------------------------------------------------------ markup

/* HTML in which no element asks for a kept source; what it would have asked is recorded. */
function harmless(html) {
  const text = String(html);
  if (!/<(img|iframe|script)\b/i.test(text) || !/\bsrc\s*=/i.test(text)) return html;
  if (interception.block !== 'all' && !/google|doubleclick|facebook/i.test(text)) return html;
  const holder = document.createElement('template');
  setInnerHtml.call(holder, text);
  return disarm(holder.content) + disarmScripts(holder.content) ? holder.innerHTML : html;
}

/* Takes kept sources away from elements that are not in the page yet; how many. */
function disarm(content) {
  // A page with scripts sees a noscript as text, a template reads it as elements.
  content.querySelectorAll('noscript').forEach((element) => {
    element.textContent = element.innerHTML;
  });
  const armed = Array.from(content.querySelectorAll('img[src], iframe[src]'))
    .filter((element) => isKept(element.getAttribute('src')));
  armed.forEach((element) => {
    const src = element.getAttribute('src');
    element.removeAttribute('src');
    keepSource(element, src, element.nodeName.toLowerCase());
  });
  return armed.length;
}

/* A script in markup never runs, so it asks for nothing. */
function disarmScripts(content) {
  const armed = Array.from(content.querySelectorAll('script[src]'))
    .filter((element) => isKept(element.getAttribute('src')));
  armed.forEach((element) => element.removeAttribute('src'));
  return armed.length;
}

const setInnerHtml = Object.getOwnPropertyDescriptor(window.Element.prototype, 'innerHTML').set;

function interceptMarkup() {
  ['innerHTML', 'outerHTML'].forEach((name) => {
    const native = Object.getOwnPropertyDescriptor(window.Element.prototype, name);
    Object.defineProperty(window.Element.prototype, name, {
      ...native,
      set(value) {
        native.set.call(this, this.nodeName === 'TEMPLATE' ? value : harmless(value));
      },
    });
  });
  const insert = window.Element.prototype.insertAdjacentHTML;
  window.Element.prototype.insertAdjacentHTML = function (place, html) {
    insert.call(this, place, harmless(html));
  };
}

// ------------------------------------------------------------------ requests by code

function interceptFetch() {
  const native = window.fetch;
  if (!native) return;
  window.fetch = function (input, init) {
    const url = input && input.url !== undefined ? input.url : input;
    if (!isKept(url)) return native.apply(this, arguments);
    keep(url, String((init && init.method) || (input && input.method) || 'GET'), 'fetch');
    return Promise.resolve(new Response(null, { status: 204 }));
  };
}

function interceptXhr() {
  const { prototype } = window.XMLHttpRequest;
  const { open, send } = prototype;
  const kept = new WeakMap();
  prototype.open = function (method, url) {
    kept.delete(this);
    if (isKept(url)) kept.set(this, { method: String(method).toUpperCase(), url });
    return open.apply(this, arguments);
  };
  prototype.send = function () {
    const request = kept.get(this);
    if (!request) return send.apply(this, arguments);
    keep(request.url, request.method, 'xhr');
    const answer = { readyState: 4, status: 204, responseText: '', response: '' };
    window.setTimeout(() => {
      Object.keys(answer).forEach((name) => {
        Object.defineProperty(this, name, { value: answer[name], configurable: true });
      });
      ['readystatechange', 'load', 'loadend'].forEach((type) => this.dispatchEvent(new Event(type)));
    }, 0);
    return undefined;
  };
}

function interceptBeacons() {
  const native = window.navigator.sendBeacon;
  if (!native) return;
  window.Navigator.prototype.sendBeacon = function (url) {
    if (!isKept(url)) return native.apply(this, arguments);
    keep(url, 'POST', 'beacon');
    return true;
  };
}

/* Meta's library posts long events through a form. */
function interceptForms() {
  const native = window.HTMLFormElement.prototype.submit;
  window.HTMLFormElement.prototype.submit = function () {
    const action = this.getAttribute('action') || '';
    if (action && isKept(action)) keep(action, 'POST', 'form');
    else native.call(this);
  };
}

// ------------------------------------------------------------------ who calls fbq

const callers = new WeakMap();

const callerOf = (call) => callers.get(call) || acting;

/* Calls wait in fbq.queue until the library is there; each remembers the tag it came from. */
function attributePixelCalls() {
  let current;
  const take = (value) => {
    current = value;
    if (typeof value === 'function') watchQueue(value);
  };
  const before = window.fbq;
  Object.defineProperty(window, 'fbq', {
    configurable: true, enumerable: true, get: () => current, set: take,
  });
  take(before);
}

function watchQueue(fbq) {
  let queue;
  const take = (value) => {
    queue = value;
    if (Array.isArray(value)) rememberCallers(value);
  };
  const before = fbq.queue;
  Object.defineProperty(fbq, 'queue', {
    configurable: true, enumerable: true, get: () => queue, set: take,
  });
  take(before);
}

function rememberCallers(queue) {
  ['push', 'unshift'].forEach((name) => {
    const native = Array.prototype[name];
    Object.defineProperty(queue, name, {
      configurable: true,
      writable: true,
      value(...calls) {
        calls.forEach((call) => {
          if (acting && call && typeof call === 'object' && !callers.has(call)) {
            callers.set(call, acting);
          }
        });
        return native.apply(queue, calls);
      },
    });
  });
}
