// Parts of a URL.

function parseUrl(text) {
  try {
    return new URL(String(text), window.location.href);
  } catch (error) {
    return null;
  }
}

/* A component as a URL variable gives it (measured 3 and 4). */
function urlComponent(source, component, settings) {
  const url = parseUrl(source);
  if (!url) return undefined;
  const path = url.pathname.startsWith('/') ? url.pathname : `/${url.pathname}`;
  switch (component) {
    case 'PROTOCOL': return url.protocol.replace(/:$/, '');
    case 'HOST': {
      const host = url.hostname.toLowerCase();
      return isTrue(settings.stripWww) ? host.replace(/^www\d*\./, '') : host;
    }
    case 'PORT': return url.port || { 'http:': '80', 'https:': '443' }[url.protocol] || '';
    case 'PATH': return withoutDefaultPage(path, settings.defaultPages);
    case 'QUERY': return settings.queryKey ? queryValue(url.search, settings.queryKey)
      : url.search.replace(/^\?/, '');
    case 'FRAGMENT': return url.hash.replace(/^#/, '');
    case 'EXTENSION': {
      const file = path.split('/').pop();
      return file.includes('.') ? file.split('.').pop().split('/')[0] : '';
    }
    default: return url.href.split('#')[0];
  }
}

function withoutDefaultPage(path, pages) {
  const parts = path.split('/');
  if ((pages || []).includes(parts[parts.length - 1])) parts[parts.length - 1] = '';
  return parts.join('/');
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
