// Preloaded into a program whose machine's clock is to be off: by so many milliseconds, ahead or behind.
const offMs = Number(process.env.CLOCK_OFF_MS);
const Real = Date;
globalThis.Date = class extends Real {
  constructor(...args) {
    super(...(args.length === 0 ? [Real.now() + offMs] : args));
  }
  static now() {
    return Real.now() + offMs;
  }
};
