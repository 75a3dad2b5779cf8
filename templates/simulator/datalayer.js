// The data layer model.

/* Version 2 is the merged tree, version 1 the last value pushed under exactly that key. */
class Model {
  constructor() {
    this.reset();
  }

  reset() {
    this.tree = {};
    this.flat = {};
  }

  set(key, value) {
    this.flat[key] = value;
    merge(expand(key, value), this.tree);
  }

  clear(key) {
    this.set(key, undefined);
  }

  /* What code of the page sets through google_tag_manager[id].dataLayer.set (version 2 only). */
  setInTree(key, value) {
    merge(expand(key, value), this.tree);
  }

  forget(key) {
    delete this.flat[key];
    delete this.tree[key];
  }

  get(name, version) {
    return version === 1 ? this.flat[name.replace(/\\\./g, '.')] : this.walk(name);
  }

  walk(name) {
    let value = this.tree;
    for (const part of splitPath(name)) {
      if (value === null) return false; // measured 2: a null half way gives false
      if (value === undefined) return undefined;
      value = value[part];
    }
    return value;
  }
}

/* 'a.b\.c' -> ['a', 'b.c'] */
function splitPath(name) {
  return name.replace(/\\\./g, '\u0000').split('.').map((part) => part.replace(/\u0000/g, '.'));
}

function expand(key, value) {
  const tree = {};
  const parts = String(key).split('.');
  let node = tree;
  parts.slice(0, -1).forEach((part) => { node = node[part] = {}; });
  node[parts[parts.length - 1]] = value;
  return tree;
}

/* Objects and arrays merge into their like, arrays index by index; all else overwrites. */
function merge(from, into) {
  Object.keys(from).forEach((key) => {
    const value = from[key];
    if (Array.isArray(value)) {
      if (!Array.isArray(into[key])) into[key] = [];
      merge(value, into[key]);
    } else if (isPlainObject(value)) {
      if (!isPlainObject(into[key])) into[key] = {};
      merge(value, into[key]);
    } else {
      into[key] = value;
    }
  });
}
