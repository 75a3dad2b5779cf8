// What an import would refuse.

function checkEntities(runtime) {
  const { version, variables, recorder } = runtime;
  (version.variable || []).forEach((entity) => {
    const { javascript } = parametersOf(entity);
    if (entity.type === 'jsm') checkCode(runtime, entity.name, `(${javascript}\n);`);
  });
  (version.tag || []).forEach((tag) => {
    if (tag.type === 'html') {
      for (const match of parametersOf(tag).html.matchAll(SCRIPT)) {
        if (isJavaScript(match[1])) checkCode(runtime, tag.name, match[2]);
      }
    } else if (!RUNNERS[tag.type]) {
      recorder.uncovered('tag', tag);
    }
    checkSequence(runtime, tag);
  });
  unknownReferences(version, variables).forEach(([name, reference]) => {
    recorder.error('reference', name, `no variable named ${reference}`);
  });
}

function isJavaScript(openingTag) {
  const type = /\btype\s*=\s*["']?([^"'\s>]+)/i.exec(openingTag);
  return !type || /javascript|ecmascript|gtmscript/i.test(type[1]);
}

function checkCode(runtime, name, code) {
  es6Features(code).forEach((feature) => {
    runtime.recorder.error('es5', name, `newer than ES5: ${feature}`);
  });
  const problem = syntaxProblem(code);
  if (problem) runtime.recorder.error('syntax', name, problem);
}

function checkSequence(runtime, tag) {
  (tag.setupTag || []).concat(tag.teardownTag || []).forEach((entry) => {
    if (!runtime.tagByName(entry.tagName)) {
      runtime.recorder.error('reference', tag.name, `no tag named ${entry.tagName}`);
    }
  });
}

/* [[entity name, reference]] of every {{reference}} that nothing defines. */
function unknownReferences(version, variables) {
  const missing = [];
  ['tag', 'trigger', 'variable'].forEach((kind) => {
    (version[kind] || []).forEach((entity) => {
      const used = { ...entity, name: '', notes: '' };
      for (const match of JSON.stringify(used).matchAll(/\{\{([^{}"\\;:]+)\}\}/g)) {
        if (!variables.isKnown(match[1])) missing.push([entity.name, match[1]]);
      }
    });
  });
  return missing;
}
