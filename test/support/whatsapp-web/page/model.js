/** Events as the library uses them on WhatsApp's models: several names in one string, `once`, `off`. */
export class Emitter {
  #listeners = new Map();
  #awaited = new Map();

  on(names, listener) {
    for (const name of names.split(' ')) {
      if (!this.#listeners.has(name)) this.#listeners.set(name, []);
      this.#listeners.get(name).push(listener);
      this.#awaited.get(name)?.resolve();
    }
    return this;
  }

  once(name, listener) {
    const wrapped = (...args) => {
      this.off(name, wrapped);
      listener(...args);
    };
    return this.on(name, wrapped);
  }

  off(names, listener) {
    for (const name of names.split(' ')) {
      const left = (this.#listeners.get(name) ?? []).filter((each) => listener && each !== listener);
      this.#listeners.set(name, left);
    }
    return this;
  }

  trigger(name, ...args) {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        listener(...args);
      } catch (error) {
        reportError(error);
      }
    }
  }

  /** Resolves once somebody listens to this event. */
  listened(name) {
    if (this.#listeners.get(name)?.length) return Promise.resolve();
    if (!this.#awaited.has(name)) this.#awaited.set(name, Promise.withResolvers());
    return this.#awaited.get(name).promise;
  }
}

/** A model keeps its fields as its own properties, tells of changes, and passes them on to its collections. */
export class Model extends Emitter {
  #parents = new Set();

  constructor(fields = {}) {
    super();
    Object.assign(this, fields);
  }

  joins(collection) {
    this.#parents.add(collection);
  }

  leaves(collection) {
    this.#parents.delete(collection);
  }

  set(changes) {
    const before = {};
    for (const [name, value] of Object.entries(changes)) {
      if (this[name] === value) continue;
      before[name] = this[name];
      this[name] = value;
    }
    for (const name of Object.keys(before)) this.#tell(`change:${name}`, this, this[name], before[name]);
    if (Object.keys(before).length > 0) this.#tell('change', this);
    return this;
  }

  #tell(event, ...args) {
    this.trigger(event, ...args);
    for (const parent of this.#parents) parent.trigger(event, ...args);
  }

  serialize() {
    return Object.fromEntries(Object.entries(this).map(([name, value]) => [name, plain(value)]));
  }

  unsafe() {
    return this;
  }
}

function plain(value) {
  if (value instanceof Model) return value.serialize();
  if (value instanceof Collection) return value.getModelsArray().map((model) => model.serialize());
  if (Array.isArray(value)) return value.map((each) => (each?.constructor === Object ? { ...each } : each));
  return typeof value === 'function' || value instanceof Blob ? undefined : value;
}

/** Models by the text of their id, in the order they came. */
export class Collection extends Emitter {
  #models = new Map();

  get(id) {
    return this.#models.get(idText(id));
  }

  async find(id) {
    return this.get(id);
  }

  getModelsArray() {
    return [...this.#models.values()];
  }

  get length() {
    return this.#models.size;
  }

  /** Tells of it, unless it is there already. */
  add(model) {
    const id = idText(model.id);
    if (this.#models.has(id)) return this.#models.get(id);
    this.#models.set(id, model);
    model.joins(this);
    this.trigger('add', model);
    return model;
  }

  /** Puts models before those that are there, with no event: history. */
  addEarlier(models) {
    const before = models.filter((model) => !this.#models.has(idText(model.id)));
    for (const model of before) model.joins(this);
    this.#models = new Map([...before.map((model) => [idText(model.id), model]), ...this.#models]);
  }

  remove(id) {
    const model = this.get(id);
    if (!model) return;
    this.#models.delete(idText(id));
    this.trigger('remove', model);
    model.leaves(this);
  }
}

function idText(id) {
  return typeof id === 'string' ? id : id?._serialized;
}
