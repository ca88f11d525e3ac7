// A page as somebody reads it: its words, its links, its forms with what stands in them.
'use strict';

const names = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function unescape(text) {
  return text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (all, name) => {
    if (name[0] !== '#') return names[name] === undefined ? all : names[name];
    const hex = name[1] === 'x' || name[1] === 'X';
    return String.fromCodePoint(parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10));
  });
}

function attributes(tag) {
  const found = {};
  for (const [, name, , value] of tag.matchAll(/\s([a-z-]+)(="([^"]*)")?/gi))
    found[name.toLowerCase()] = value === undefined ? '' : unescape(value);
  return found;
}

function wordsOf(html) {
  return unescape(html.replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ').trim();
}

function selected(inside) {
  const options = [...inside.matchAll(/<option\b([^>]*)>/g)].map(([, tag]) => attributes(tag));
  const chosen = options.find((option) => 'selected' in option) || options[0];
  return chosen ? chosen.value : '';
}

// What a browser would send: checked boxes, chosen options, all that was written.
function fieldsOf(inside) {
  const fields = {};
  for (const [, tag] of inside.matchAll(/<input\b([^>]*)>/g)) {
    const input = attributes(` ${tag}`);
    const box = input.type === 'checkbox' || input.type === 'radio';
    if (input.name && (!box || 'checked' in input)) fields[input.name] = input.value || '';
  }
  for (const [, tag, text] of inside.matchAll(/<textarea\b([^>]*)>\n?([\s\S]*?)<\/textarea>/g))
    fields[attributes(tag).name] = unescape(text);
  for (const [, tag, text] of inside.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g))
    fields[attributes(tag).name] = selected(text);
  return fields;
}

function formsOf(html) {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, tag, inside]) => ({
    action: attributes(tag).action, inside, fields: fieldsOf(inside),
  }));
}

function optionsOf(form, name) {
  const select = [...form.inside.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)]
    .find(([, tag]) => attributes(tag).name === name);
  return [...select[2].matchAll(/<option\b([^>]*)>([^<]*)/g)]
    .map(([, tag, label]) => ({ value: attributes(tag).value, label: unescape(label).trim() }));
}

class Page {
  constructor(path, answer) {
    Object.assign(this, answer, { path });
  }

  get main() {
    const found = /<main\b[^>]*>([\s\S]*)<\/main>/.exec(this.body);
    return found ? found[1] : this.body;
  }

  get text() { return wordsOf(this.main); }

  get title() { return wordsOf((/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(this.body) || ['', ''])[1]); }

  says(words) { return this.text.includes(words); }

  get forms() { return formsOf(this.body); }

  // The form that goes to an address with this end; the one with the most fields when there are
  // several (cards: one form a button).
  form(end) {
    const found = this.forms.filter((form) => form.action.endsWith(end));
    if (!found.length)
      throw new Error(`no form to '${end}' on ${this.path} (${this.status}: ${this.title})`);
    return found[0];
  }

  get links() {
    return [...this.body.matchAll(/<a\b([^>]*)>/g)].map(([, tag]) => attributes(tag).href)
      .filter(Boolean);
  }

  link(pattern) {
    const found = this.links.find((href) => pattern.test(href));
    if (!found) throw new Error(`no link ${pattern} on ${this.path} (${this.status}: ${this.title})`);
    return found;
  }

  // The page apart from the numbers that every form gets anew.
  get still() {
    return this.body.replace(/(name="(?:token|once)" value=")[^"]*"/g, '$1"');
  }
}

module.exports = { Page, optionsOf, wordsOf };
