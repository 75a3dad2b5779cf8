// What stands on a page, as plain data. tagkit judges it elsewhere; nothing here changes the page.
//
// asked: {css: [selector…], globals: [path…], links: [[regex, flags]…], attributes: [[css, name]…]}
(asked) => {
  const LONGEST = 200; // of a value
  const MOST = 4000; // names, addresses
  const CODE = 200000; // of one script

  const all = (css) => {
    try {
      return Array.from(document.querySelectorAll(css));
    } catch (error) {
      return null; // no selector that this browser can read
    }
  };
  const text = (value) => String(value).slice(0, LONGEST);
  const each = (list, look) => Object.fromEntries(list.map((item) => [item, look(item)]));

  // prestashop.page.page_name: whether it is there, and what it is when that is one word
  const global = (path) => {
    let value = window;
    try {
      for (const name of path.split('.')) {
        if (value === undefined || value === null) return null;
        value = value[name];
      }
    } catch (error) {
      return null; // a getter of the page's that throws
    }
    // <div id="app_shop"> is window.app_shop, too
    if (value === undefined || value === null || value instanceof Element) return null;
    return /^(string|number|boolean)$/.test(typeof value) ? text(value) : '';
  };

  const links = ([regex, flags]) => {
    let pattern;
    try {
      pattern = new RegExp(regex, flags);
    } catch (error) {
      return -1;
    }
    return Array.from(document.querySelectorAll('a[href], area[href]')).filter((link) => pattern.test(link.href)).length;
  };

  // gtag() pushes its arguments; everything else in a data layer is an object with keys
  const entry = (pushed) => {
    try {
      if (Object.prototype.toString.call(pushed) === '[object Arguments]') {
        const [command, name, more] = Array.from(pushed);
        const to = more && typeof more === 'object' ? more.send_to : undefined;
        return { command: text(command), name: text(name), to: to === undefined ? '' : text(to) };
      }
      return pushed && typeof pushed === 'object'
        ? { event: pushed.event === undefined ? '' : text(pushed.event) } : {};
    } catch (error) {
      return {};
    }
  };

  const scripts = Array.from(document.scripts).map((script) => ({
    address: script.src || '',
    type: script.type || '',
    code: script.src ? '' : (script.textContent || '').slice(0, CODE),
  }));
  const layers = new Set(['dataLayer']);
  scripts.forEach(({ address }) => {
    const named = /\/gtm\.js\?.*[?&]l=([\w$]+)/.exec(address);
    if (named) layers.add(named[1]);
  });
  [global('gtm4wp_datalayer_name'), global('gtmkit_settings.datalayer_name')].forEach((name) => {
    if (name) layers.add(name);
  });

  const names = (read) => {
    const found = new Set();
    for (const element of document.querySelectorAll('*')) {
      for (const name of read(element)) if (found.size < MOST && name) found.add(text(name));
    }
    return Array.from(found);
  };
  const pixels = () => {
    try {
      return window.fbq.getState().pixels.map((pixel) => text(pixel.id));
    } catch (error) {
      return []; // no pixel, or none that has loaded
    }
  };
  const body = document.body;

  return {
    url: location.href,
    canonical: ((all('link[rel="canonical"]') || [])[0] || {}).href
      || ((all('meta[property="og:url"]') || [])[0] || {}).content || '',
    title: text(document.title),
    body: body ? { id: body.id || '', classes: Array.from(body.classList).slice(0, 60) } : null,
    elements: document.getElementsByTagName('*').length,
    text: body ? (body.textContent || '').trim().length : 0,
    frames: document.querySelectorAll('iframe, frame').length,
    frameset: Boolean(document.querySelector('frameset')),
    css: each(asked.css, (css) => { const found = all(css); return found ? found.length : -1; }),
    globals: each(asked.globals, global),
    links: asked.links.map(links),
    attributes: asked.attributes.map(([css, name]) => {
      const found = (all(css) || []).map((element) => element.getAttribute(name));
      return found.filter((value) => value !== null).map(text).slice(0, 20);
    }),
    scripts,
    addresses: Array.from(document.querySelectorAll('script[src], link[href], img[src]'))
      .map((element) => element.src || element.href).slice(0, MOST),
    noscript: Array.from(document.querySelectorAll('noscript')).map((el) => text(el.textContent)),
    layers: each(Array.from(layers).filter((name) => Array.isArray(window[name])), (name) => (
      Array.from(window[name]).slice(0, 500).map(entry))),
    pixels: pixels(),
    ids: names((element) => [element.getAttribute('id')]),
    classes: names((element) => element.classList),
    tags: names((element) => [element.localName]),
    named: names((element) => Array.from(element.attributes)
      .filter(({ name }) => /^(data-.*|name|for|aria-label)$/.test(name))
      .map(({ name, value }) => `${name}=${value}`)),
  };
}
