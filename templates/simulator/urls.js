// Parts of a URL.

/* The origin that the page has for its visitors, where it is served from another: whatever reads an
 * address of it gets this one. */
let publishedOrigin = '';

function publishAt(origin) {
  const url = textOf(origin) && absoluteUrl(origin);
  if (url) publishedOrigin = url.origin;
}

/* An address of this origin becomes the published one; all else stays as it is. */
function published(value) {
  const { origin } = window.location;
  if (!publishedOrigin || typeof value !== 'string' || !value.startsWith(origin)) return value;
  const rest = value.slice(origin.length);
  return /^([/?#]|$)/.test(rest) ? publishedOrigin + rest : value;
}

const pageUrl = () => published(window.location.href);

/* As the browser would ask for it. */
function absoluteUrl(text) {
  try {
    return new URL(String(text), document.baseURI);
  } catch (error) {
    return null;
  }
}

function parseUrl(text) {
  const url = absoluteUrl(text);
  return url && publishedOrigin ? new URL(published(url.href)) : url;
}

const withoutFragment = (url) => url.split('#')[0];

/* A component as a URL variable gives it (measured 3 and 4). */
function urlComponent(source, component, settings) {
  const url = parseUrl(source);
  if (!url) return component && component !== 'URL' ? '' : withoutFragment(String(source));
  switch (component) {
    case 'PROTOCOL': return url.protocol.replace(/:$/, '');
    case 'HOST': return hostOf(url, isTrue(settings.stripWww));
    case 'PORT': return url.port || { 'http:': '80', 'https:': '443' }[url.protocol] || '';
    case 'PATH': return withoutDefaultPage(pathOf(url), settings.defaultPages);
    case 'QUERY': return queryOf(url, settings);
    case 'FRAGMENT': return url.hash.replace(/^#/, '');
    case 'EXTENSION': {
      const parts = url.pathname.split('.');
      return parts.length > 1 ? parts[parts.length - 1].split('/')[0] : '';
    }
    default: return withoutFragment(url.href);
  }
}

function hostOf(url, stripWww) {
  const host = url.hostname.toLowerCase();
  return stripWww ? host.replace(/^www\d*\./, '') : host;
}

const pathOf = (url) => (url.pathname.startsWith('/') ? url.pathname : `/${url.pathname}`);

function withoutDefaultPage(path, pages) {
  const parts = path.split('/');
  if (listOf(pages).includes(parts[parts.length - 1])) parts[parts.length - 1] = '';
  return parts.join('/');
}

/* Without a key the whole query; with several keys the first that is there. */
function queryOf(url, settings) {
  const several = isTrue(settings.enableMultiQueryKeys) || isTrue(settings.multiQueryKeys);
  const key = settings.queryKey === undefined ? '' : String(settings.queryKey);
  if (!key) return url.search.replace(/^\?/, '');
  const keys = several ? key.replace(/\s+/g, '').split(',') : [key];
  const skipEmpty = isTrue(settings.enableIgnoreEmptyQueryParam)
    || isTrue(settings.ignoreEmptyQueryParam);
  return keys.map((name) => queryValue(url.search, name))
    .find((value) => value !== undefined && !(skipEmpty && value === ''));
}

function queryValue(search, key) {
  const pairs = search.replace(/^\?/, '').split('&').map((pair) => pair.split('='));
  const found = pairs.find(([name]) => decodeQuery(name) === key);
  return found && decodeQuery(found.slice(1).join('='));
}

function decodeQuery(text) {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch (error) {
    return text;
  }
}

/* A path through objects and the first value that ends it, as `a && a.b && a.b.c` would. */
function readGlobal(path) {
  const [first, ...rest] = String(path).split('.');
  return rest.reduce((value, name) => value && value[name], window[first]);
}
