/** The way to the server of the stand-in: an event stream down, requests up. */
let page = '';
let line = Promise.withResolvers();
line.resolve();

export function iAm(id) {
  page = id;
}

/** While the line is cut, requests of WhatsApp's own traffic wait. */
export function cutLine(cut) {
  line.resolve();
  line = Promise.withResolvers();
  if (!cut) line.resolve();
}

export function lineUp() {
  return line.promise;
}

/** Asks the server, whatever the line. */
export async function ask(name, data = {}) {
  const headers = { 'content-type': 'application/json', 'x-page': page };
  const response = await fetch(`/api/${name}`, { method: 'POST', headers, body: JSON.stringify(data) });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
}

/** Asks once the line is up. */
export async function askWhatsApp(name, data) {
  await lineUp();
  return ask(name, data);
}

/** Writes down what the stand-in lacks or got wrong. */
export function complain(text) {
  console.error(text);
  ask('complaint', { text }).catch(() => {});
}
