// Somebody with a browser: keeps cookies, follows where an act leads, fills in forms.
'use strict';
const http = require('http');
const { Page } = require('./page');

const encode = (fields) => (Array.isArray(fields) ? fields : Object.entries(fields))
  .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');

class Visitor {
  constructor(server, { language = 'nl', headers = {} } = {}) {
    this.server = server;
    this.cookies = new Map();
    this.headers = { 'accept-language': language, ...headers };
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
    server.visitors.add(this);
  }

  close() { this.agent.destroy(); }

  takeCookies(lines) {
    for (const line of lines || []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (/Max-Age=0(;|$)/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  request(method, path, { body, headers = {} } = {}) {
    const all = { ...this.headers, ...headers };
    if (this.cookies.size)
      all.cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (body !== undefined) {
      all['content-type'] = all['content-type'] || 'application/x-www-form-urlencoded';
      all['content-length'] = Buffer.byteLength(body);
    }
    return new Promise((done, wrong) => {
      const request = http.request({ host: '127.0.0.1', port: this.server.port, method, path,
        headers: all, agent: this.agent }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', wrong);
        response.on('end', () => {
          this.takeCookies(response.headers['set-cookie']);
          done(new Page(path, { status: response.statusCode, headers: response.headers,
            rawHeaders: response.rawHeaders, body: Buffer.concat(parts).toString('utf8') }));
        });
      });
      request.setTimeout(30000, () => request.destroy(new Error(`no answer to ${method} ${path}`)));
      request.on('error', wrong);
      request.end(body);
    });
  }

  // Goes on to where an answer leads.
  async follow(page) {
    let at = page;
    for (let steps = 0; at.status === 303 && steps < 5; steps++)
      at = await this.request('GET', at.headers.location.replace(/#.*/, ''));
    return at;
  }

  async get(path) { return this.follow(await this.request('GET', path)); }

  // Sends exactly these fields.
  post(path, fields, options = {}) {
    return this.request('POST', path, { body: encode(fields), ...options });
  }

  // Fills in the form on a page that goes to `action`, and sends it; does not follow.
  press(page, action, fields = {}) {
    const form = page.form(action);
    return this.post(form.action, { ...form.fields, ...fields });
  }

  // The same, and goes on to the page that follows.
  async send(page, action, fields) { return this.follow(await this.press(page, action, fields)); }

  // Opens a page, fills in its form and goes on.
  async fill(path, action, fields) { return this.send(await this.get(path), action, fields); }

  async signIn(name, passphrase) {
    return this.fill('/sign-in', '/sign-in', { name, passphrase });
  }

  get signedIn() { return this.cookies.has('__Host-nabij'); }
}

module.exports = { Visitor, encode };
