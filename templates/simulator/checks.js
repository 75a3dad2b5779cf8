// What an import or the publishing step would refuse, said before anything runs.

function checkEntities(runtime) {
  const { version, recorder } = runtime;
  version.variables.forEach((entity) => {
    if (entity.type !== 'jsm') return;
    checkCode(runtime, entity.name, `(${asText(parametersOf(entity).javascript)}\n);`);
  });
  version.tags.forEach((tag) => {
    if (tag.type === 'html') checkHtml(runtime, tag);
    else if (!own(RUNNERS, tag.type) && !SHOWN_TAGS.has(tag.type)) recorder.uncovered('tag', tag);
    checkSequence(runtime, tag);
  });
  checkReferences(runtime);
}

function checkHtml(runtime, tag) {
  for (const match of asText(parametersOf(tag).html).matchAll(SCRIPT)) {
    if (isJavaScript(match[1])) checkCode(runtime, tag.name, match[2]);
  }
}

function isJavaScript(openingTag) {
  const type = /\btype\s*=\s*["']?([^"'\s>]+)/i.exec(openingTag);
  return isScriptType(type ? type[1] : '');
}

const isScriptType = (type) => !type || /javascript|ecmascript|gtmscript/i.test(type);

function checkCode(runtime, name, code) {
  es6Features(code).forEach((feature) => {
    runtime.recorder.error('es5', name, `newer than ES5: ${feature}`);
  });
  const problem = syntaxProblem(code);
  if (problem) runtime.recorder.error('syntax', name, problem);
}

function checkSequence(runtime, tag) {
  tag.setupTag.concat(tag.teardownTag).forEach((link) => {
    if (runtime.tagByName(link.tagName)) return;
    runtime.recorder.error('reference', tag.name, `no tag named ${textOf(link.tagName)}`);
  });
}

/* Every {{reference}} that nothing defines, once per entity. */
function checkReferences({ version, variables, recorder }) {
  [version.tags, version.triggers, version.variables].forEach((entities) => {
    entities.forEach((entity) => {
      const used = new Set();
      collectReferences({ ...entity, name: '', notes: '' }, used);
      used.forEach((name) => {
        if (variables.isKnown(name)) return;
        recorder.error('reference', entity.name, `no variable named ${name}`);
      });
    });
  });
}

function collectReferences(value, used) {
  if (typeof value === 'string') {
    for (const match of value.matchAll(/\{\{([^{}"\\;:]+)\}\}/g)) used.add(match[1]);
  } else if (value && typeof value === 'object') {
    Object.values(value).forEach((inner) => collectReferences(inner, used));
  }
}
